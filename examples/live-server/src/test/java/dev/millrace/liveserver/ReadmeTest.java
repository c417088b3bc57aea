package dev.millrace.liveserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What README shows is Java that compiles, and programs and options that there are. */
class ReadmeTest {

    private static final Path README = Path.of("../../README.md");

    private static final Pattern JAVA = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

    /** Where the text behind the names of packages begins. */
    private static final int DESCRIPTION_COLUMN = 30;

    /** What a reader has around it. */
    private static final String AROUND = """
            import dev.millrace.rtmp.connection.*;
            import dev.millrace.rtmp.server.*;
            import dev.millrace.rtmp.stream.*;
            import io.netty.channel.*;
            import io.netty.channel.epoll.*;
            import java.util.Optional;
            import java.util.concurrent.*;

            final class Shown {
                static CompletionStage<Optional<String>> lookUp(String key) {
                    return CompletableFuture.completedStage(Optional.of(key));
                }

                static void run() {
                    %s
                }
            }
            """;

    @TempDir
    private Path classes;

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String text) {
            super(URI.create("string:///Shown.java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private void assertCompiles(String block) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<String> options = List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none");
        List<JavaFileObject> sources = List.of(new Source(AROUND.formatted(block)));
        assertTrue(compiler.getTask(messages, null, null, options, null, sources).call(), () -> block + messages);
    }

    @Test
    void itsJavaCompilesAndIsShort() throws IOException {
        List<String> blocks = JAVA.matcher(Files.readString(README)).results().map(match -> match.group(1)).toList();
        assertFalse(blocks.isEmpty());
        blocks.forEach(block -> assertTrue(block.lines().count() <= 15, block));
        blocks.forEach(this::assertCompiles);
    }

    @Test
    void theProgramsThatItNamesAreThere() throws IOException {
        List<String> programs = Pattern.compile("`([A-Z][A-Za-z]+)`")
                .matcher(Files.readString(README).replaceAll("(?s).*\\| program \\| shows \\|\\n", "").replaceAll("(?s)\\n\\n.*", ""))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertEquals(13, programs.size(), programs::toString);
        Optional<String> missing = programs.stream()
                .filter(program -> !Files.exists(Path.of("../embedding/src/main/java/dev/millrace/examples", program + ".java")))
                .findFirst();
        assertEquals(Optional.empty(), missing);
    }

    @Test
    void thePackagesThatItDrawsAreThosePackages() throws IOException {
        String drawing = Files.readString(README).replaceAll("(?s).*\n## How it is built\n\n```\n|\n```\n.*", "");
        for (String module : drawing.split("\n\n")) {
            String name = module.split(" ", 2)[0];
            Set<String> drawn = module.lines()
                    .filter(line -> line.startsWith("  "))
                    .flatMap(line -> Stream.of(line.substring(0, DESCRIPTION_COLUMN).split(" +")))
                    .filter(word -> !word.isEmpty())
                    .collect(Collectors.toCollection(TreeSet::new));
            if (!drawn.isEmpty()) {
                assertEquals(packages(Path.of("../..", name, "src/main/java/dev/millrace")), drawn, name);
            }
        }
    }

    /** The packages with types by their last name; those of codecs as one. */
    private static Set<String> packages(Path sources) throws IOException {
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(file -> file.toString().matches(".*(?<!package-info)\\.java"))
                    .map(file -> sources.relativize(file.getParent()).toString())
                    .map(folder -> folder.startsWith("codec/") ? "codec.*" : folder.substring(folder.lastIndexOf('/') + 1))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
