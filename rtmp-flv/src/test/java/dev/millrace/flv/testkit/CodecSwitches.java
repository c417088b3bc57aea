package dev.millrace.flv.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds switches over codecs. There is one, in the table that gives each codec its behaviour: elsewhere, a codec that is added would be forgotten.
 */
public final class CodecSwitches {

    private static final Path TABLE = Path.of("dev/millrace/codec/Coding.java");

    private CodecSwitches() {}

    /**
     * Finds case labels that are codecs.
     *
     * @param sources the folder of Java sources
     * @param codecs the names of the constants
     * @return the labels with their files, but for those of the table
     * @throws IOException if a file cannot be read
     */
    public static List<String> in(Path sources, List<String> codecs) throws IOException {
        Pattern label = Pattern.compile("\\bcase\\s[^:;{}]*?\\b(" + String.join("|", codecs) + ")\\b[^:;{}]*?(->|:)");
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(sources)) {
            List<Path> java = files.filter(file -> file.toString().endsWith(".java") && !file.endsWith(TABLE)).collect(Collectors.toList());
            for (Path file : java) {
                Matcher matcher = label.matcher(Files.readString(file));
                while (matcher.find()) {
                    found.add(sources.relativize(file) + ": " + matcher.group());
                }
            }
        }
        return found;
    }
}
