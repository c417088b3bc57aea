package dev.millrace.flv.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A document with tables of numbered facts, each with the tests that show it: {@code | 13 | a fact | `SomeTest#method` |}.
 * Checks that the tests exist, and that the numbers that test code cites are in the document.
 */
public final class NumberedTests {

    private static final Pattern ROW = Pattern.compile("^\\| (\\d+) \\| .+ \\| (.+) \\|$", Pattern.MULTILINE);
    private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");

    /** In method names ({@code case13And22Rest}, {@code invariants13_14_rest}) and in text ("Cases 21 and 59 to 62"). */
    private static final Pattern CITATION = Pattern.compile(
            "\\b(?:case(?<joined>\\d+(?:And\\d+)*)\\p{Upper}|invariants?(?<listed>\\d+(?:_\\d+)*)_"
                    + "|(?:Cases?|cases|[Hh]ostile inputs?|[Ii]nvariants?) "
                    + "(?<text>\\d+(?:(?:, | and | to )\\d+)*)\\b)");

    private NumberedTests() {}

    /**
     * Checks a document.
     *
     * @param document the document
     * @param testSources folders of Java sources with the tests and the citations
     * @return what is wrong, a line each; empty if nothing is
     * @throws IOException if a file cannot be read
     */
    public static List<String> problems(Path document, List<Path> testSources) throws IOException {
        Map<String, String> sources = read(testSources);
        List<String> problems = new ArrayList<>();
        Set<Integer> numbers = new TreeSet<>();
        Matcher row = ROW.matcher(Files.readString(document));
        while (row.find()) {
            if (!numbers.add(Integer.valueOf(row.group(1)))) {
                problems.add(row.group(1) + " is there twice");
            }
            Matcher test = TEST.matcher(row.group(2));
            int tests = 0;
            for (; test.find(); tests++) {
                String source = sources.getOrDefault(test.group(1), "");
                if (!Pattern.compile("\\bvoid " + test.group(2) + "\\(").matcher(source).find()) {
                    problems.add(row.group(1) + " has no test " + test.group(1) + "#" + test.group(2));
                }
            }
            if (tests == 0) {
                problems.add(row.group(1) + " names no test");
            }
        }
        sources.forEach((name, source) -> cited(source).stream()
                .filter(number -> !numbers.contains(number))
                .forEach(number -> problems.add(name + " cites " + number)));
        return problems;
    }

    /** Returns the sources by the simple name of their class. */
    private static Map<String, String> read(List<Path> folders) throws IOException {
        Map<String, String> sources = new TreeMap<>();
        for (Path folder : folders) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(file -> {
                    try {
                        String name = file.getFileName().toString().replace(".java", "");
                        sources.merge(name, Files.readString(file), String::concat);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
            }
        }
        return sources;
    }

    private static Set<Integer> cited(String source) {
        Set<Integer> cited = new TreeSet<>();
        Matcher citation = CITATION.matcher(source);
        while (citation.find()) {
            Stream.of("joined", "listed", "text")
                    .map(citation::group)
                    .filter(Objects::nonNull)
                    .forEach(list -> addAll(list, cited));
        }
        return cited;
    }

    private static void addAll(String list, Set<Integer> numbers) {
        for (String part : list.split(", | and |And|_")) {
            String[] range = part.split(" to ");
            int last = Integer.parseInt(range[range.length - 1]);
            for (int number = Integer.parseInt(range[0]); number <= last; number++) {
                numbers.add(number);
            }
        }
    }
}
