package dev.millrace.flv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.flv.testkit.NumberedTests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberedTestsTest {

    private static final String ROWS = """
            | no. | fact | test |
            |---|---|---|
            | 1 | One. | `ShownTest#shows` |
            | 2 | Two. | `ShownTest#shows`, `ShownTest#showsMore` |
            | 3 | Three. | `ShownTest#shows` |
            """;

    @TempDir
    private Path folder;

    private List<String> problems(String rows, String comment) throws Exception {
        Path sources = Files.createDirectories(folder.resolve("sources"));
        String source = "class ShownTest { void shows() {} void showsMore() {} } // " + comment;
        Files.writeString(sources.resolve("ShownTest.java"), source);
        return NumberedTests.problems(Files.writeString(folder.resolve("FACTS.md"), rows), List.of(sources));
    }

    @Test
    void acceptsWhatIsListed() throws Exception {
        String comment = "Cases 1 and 2. Invariants 1 to 3. case1And3Shows invariants2_3_show case 9 -> 99";
        assertEquals(List.of(), problems(ROWS, comment));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Case 4.             | 4
            cases 1, 3 and 5    | 5
            Hostile input 6.    | 6
            case2And7Shows      | 7
            invariant8_shows    | 8
            invariants 1 and 9. | 9
            Invariants 3 to 4.  | 4
            """)
    void findsCitationsOfNothing(String comment, int number) throws Exception {
        assertEquals(List.of("ShownTest cites " + number), problems(ROWS, comment));
    }

    @Test
    void findsRowsWithoutTests() throws Exception {
        String rows = """
                | 3 | . | `ShownTest#show` |
                | 4 | . | `HiddenTest#shows` |
                | 5 | . | none |
                """;
        List<String> expected = List.of(
                "3 is there twice", "3 has no test ShownTest#show", "4 has no test HiddenTest#shows", "5 names no test");
        assertEquals(expected, problems(ROWS + rows, ""));
    }
}
