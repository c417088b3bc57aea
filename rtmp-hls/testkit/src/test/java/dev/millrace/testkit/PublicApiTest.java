package dev.millrace.testkit;

import dev.millrace.flv.testkit.ApiFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PublicApiTest {

    @Test
    void isListedWithTheReasonOfEachType() throws Exception {
        ApiFile.check(Path.of(""));
    }
}
