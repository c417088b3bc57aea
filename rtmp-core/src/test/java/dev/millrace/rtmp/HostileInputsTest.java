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
        List<Path> sources = List.of(Path.of("src/test/java"), Path.of("../rtmp-flv/src/test/java"));
        assertEquals(List.of(), NumberedTests.problems(Path.of("HOSTILE-INPUTS.md"), sources));
    }
}
