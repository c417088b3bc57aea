package dev.millrace.hls.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectNameTest {

    private static final ObjectName ID = ObjectName.segment("0123456789ab", 17, "ts");

    @Test
    void hasAFileName() {
        assertEquals("0123456789ab-17.ts", ID.fileName());
        assertEquals(Optional.of(ID), ObjectName.ofFileName("0123456789ab-17.ts"));
        assertEquals(Optional.of(ObjectName.segment("000000000000", Long.MAX_VALUE, "ts")),
                ObjectName.ofFileName("000000000000-9223372036854775807.ts"));
    }

    @Test
    void namesInitializationSegmentsAndOtherFormats() {
        assertEquals("0123456789ab-init-3.mp4", ObjectName.initialization("0123456789ab", 3, "mp4").fileName());
        assertEquals("0123456789ab-3.m4s", ObjectName.segment("0123456789ab", 3, "m4s").fileName());
        ObjectName longest = ObjectName.initialization("0123456789ab", Long.MAX_VALUE, "abcdefg8");
        assertEquals(ObjectName.MAX_FILE_NAME_LENGTH, longest.fileName().length());
        assertEquals(Optional.of(longest), ObjectName.ofFileName(longest.fileName()));
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "0123456789ab-17.", "0123456789ab-17.Ts", "0123456789ab-17.t.s", "0123456789ab-17.abcdefgh9", "0123456789ab-init.mp4",
            "0123456789ab-init-.mp4", "0123456789ab-init-01.mp4", "0123456789ab-init-1", "0123456789ab-initial-1.mp4", "init-1.mp4",
            "", "0123456789ab-17", "0123456789ab-017.ts", "0123456789ab--1.ts", "0123456789ab-+1.ts",
            "0123456789ab-.ts", "0123456789AB-17.ts", "0123456789a-17.ts", "0123456789abc-17.ts", " 0123456789ab-17.ts",
            "0123456789ab-17.ts\n", "../0123456789ab-17.ts",
            "0123456789ab-9223372036854775808.ts", "0123456789ab-99999999999999999999.ts", "0123456789ab-\u0661.ts", "0123456789ab-17_ts"})
    void isNoFileName(String name) {
        assertEquals(Optional.empty(), ObjectName.ofFileName(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0123456789a", "0123456789abc", "0123456789AB", "0123456789a/", "0123456789ab\n"})
    void refusesASession(String session) {
        assertThrows(IllegalArgumentException.class, () -> ObjectName.segment(session, 0, "ts"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".ts", "TS", "abcdefgh9", "t/s", "t\u0661"})
    void refusesAnExtension(String extension) {
        assertThrows(IllegalArgumentException.class, () -> ObjectName.segment("0123456789ab", 0, extension));
    }

    @Test
    void refusesANegativeSerial() {
        assertThrows(IllegalArgumentException.class, () -> ObjectName.segment("0123456789ab", -1, "ts"));
    }
}
