package dev.millrace.hls.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginOptionsTest {

    @ParameterizedTest(name = "{4}")
    @CsvSource(nullValues = "none", textBlock = """
            -1,     1,  *,              1,  firstSegmentWait PT-0.001S is not 0 to PT5M
            300001, 1,  *,              1,  firstSegmentWait PT5M0.001S is not 0 to PT5M
            1,      -1, *,              1,  maxWaiters -1 is negative
            1,      1,  'a b',          1,  allowOrigin of 3 characters is not visible ASCII
            1,      1,  '',             1,  allowOrigin of 0 characters is not visible ASCII
            1,      1,  none,           -1, maxViewers -1 is negative
            """)
    void refuses(long waitMillis, int maxWaiters, String allowOrigin, int maxViewers, String reason) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> new OriginOptions(
                Duration.ofMillis(waitMillis), maxWaiters, Optional.ofNullable(allowOrigin), maxViewers));
        assertEquals(reason, e.getMessage());
    }

    @Test
    void bodiesKnowTheirLength() {
        assertEquals(5, new HlsBody.Bytes(List.of(ByteBuffer.allocate(2), ByteBuffer.allocate(3))).contentLength());
        assertEquals(7, new HlsBody.FileRegion(Path.of("x"), 1, 7).contentLength());
        assertThrows(IllegalArgumentException.class, () -> new HlsBody.Empty(-1));
        assertThrows(IllegalArgumentException.class, () -> new HlsBody.FileRegion(Path.of("x"), -1, 0));
        assertThrows(IllegalArgumentException.class, () -> new HlsBody.FileRegion(Path.of("x"), 0, -1));
        assertThrows(IllegalArgumentException.class, () -> new HlsResponse(100, Map.of(), new HlsBody.Empty(0)));
    }
}
