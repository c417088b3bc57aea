package dev.millrace.rtmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 1_000, -1_000, -5_000, 9_000_000_000_000_000_000L})
    void countsEachSecondAnew(long start) {
        RateLimit limit = new RateLimit(2);
        assertTrue(limit.allows(start));
        assertTrue(limit.allows(start + 500));
        assertFalse(limit.allows(start + 500));
        assertFalse(limit.allows(start + 999));
        assertTrue(limit.allows(start + 1_000));
        assertTrue(limit.allows(start + 1_999));
        assertFalse(limit.allows(start + 1_999));
    }

    @Test
    void saysNoAsOftenAsItIsAsked() {
        RateLimit limit = new RateLimit(1);
        assertTrue(limit.allows(0));
        for (int i = 0; i < 1000; i++) {
            assertFalse(limit.allows(i));
        }
        assertTrue(limit.allows(60_000));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void allowsOneAtLeast(int perSecond) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> new RateLimit(perSecond));
        assertEquals("perSecond " + perSecond + " is less than 1", e.getMessage());
    }
}
