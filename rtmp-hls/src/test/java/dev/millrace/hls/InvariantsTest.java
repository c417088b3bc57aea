package dev.millrace.hls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.flv.testkit.NumberedTests;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class InvariantsTest {

    @Test
    void everyInvariantHasATestAndEveryCitedNumberIsAnInvariant() throws IOException {
        assertEquals(List.of(), NumberedTests.problems(Path.of("INVARIANTS.md"), List.of(Path.of("src/test/java"))));
    }
}
