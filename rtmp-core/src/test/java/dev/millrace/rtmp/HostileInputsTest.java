package dev.millrace.rtmp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.flv.testkit.NumberedTests;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostileInputsTest {

    @Test
    void everyCaseHasATestAndEveryCitedNumberIsACase() throws IOException {
        assertEquals(List.of(), NumberedTests.problems(
                Path.of("HOSTILE-INPUTS.md"), List.of(Path.of("src/test/java"), Path.of("../rtmp-flv/src/test/java/dev/millrace"))));
    }
}
