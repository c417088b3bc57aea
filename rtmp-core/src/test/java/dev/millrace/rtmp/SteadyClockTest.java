package dev.millrace.rtmp;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SteadyClockTest {

    @Test
    void millisAreThoseOfTheInstant() {
        for (int i = 0; i < 10_000; i++) {
            SteadyClock clock = new SteadyClock();
            long before = clock.instant().toEpochMilli();
            long millis = clock.millis();
            long after = clock.instant().toEpochMilli();
            assertTrue(before <= millis && millis <= after, before + " <= " + millis + " <= " + after);
        }
    }
}
