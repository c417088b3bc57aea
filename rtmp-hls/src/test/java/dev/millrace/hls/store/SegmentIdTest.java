package dev.millrace.hls.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentIdTest {

    private static final SegmentId ID = new SegmentId("0123456789ab", 17);

    @Test
    void hasAFileName() {
        assertEquals("0123456789ab-17.ts", ID.fileName());
        assertEquals(Optional.of(ID), SegmentId.ofFileName("0123456789ab-17.ts"));
        assertEquals(Optional.of(new SegmentId("000000000000", Long.MAX_VALUE)),
                SegmentId.ofFileName("000000000000-9223372036854775807.ts"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "", "0123456789ab-17", "0123456789ab-17.tss", "0123456789ab-017.ts", "0123456789ab--1.ts", "0123456789ab-+1.ts",
            "0123456789ab-.ts", "0123456789AB-17.ts", "0123456789a-17.ts", "0123456789abc-17.ts", " 0123456789ab-17.ts",
            "0123456789ab-17.ts\n", "../0123456789ab-17.ts",
            "0123456789ab-9223372036854775808.ts", "0123456789ab-99999999999999999999.ts", "0123456789ab-\u0661.ts", "0123456789ab-17_ts"})
    void isNoFileName(String name) {
        assertEquals(Optional.empty(), SegmentId.ofFileName(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0123456789a", "0123456789abc", "0123456789AB", "0123456789a/", "0123456789ab\n"})
    void refusesASession(String session) {
        assertThrows(IllegalArgumentException.class, () -> new SegmentId(session, 0));
    }

    @Test
    void refusesANegativeSerial() {
        assertThrows(IllegalArgumentException.class, () -> new SegmentId("0123456789ab", -1));
    }

    @Test
    void aStateMentionsSegmentsByTheirFileNames() {
        assertEquals(Set.of(ID, new SegmentId("ffffffffffff", 0)),
                new StoreState("{\"uri\":\"0123456789ab-17.ts\"},ffffffffffff-0.ts\n0123456789ab-17.ts").segments());
        assertEquals(Set.of(ID), new StoreState("0123456789ab-17.ts").segments());
        assertEquals(Set.of(), new StoreState("").segments());
        assertEquals(Set.of(),
                new StoreState("00123456789ab-17.ts 0123456789ab-17.tsx 0123456789ab-017.ts z0123456789ab-17.ts").segments());
    }

    @Test
    void aStateHasALimitInBytes() {
        assertEquals(StoreState.MAX_BYTES, new StoreState("x".repeat(StoreState.MAX_BYTES)).text().length());
        for (String oneTooMany : new String[] {
            "x".repeat(StoreState.MAX_BYTES + 1),
            "x" + "\u00e9".repeat(StoreState.MAX_BYTES / 2), "xx" + "\u20ac".repeat(StoreState.MAX_BYTES / 3),
            "x" + "\ud83d\ude00".repeat(StoreState.MAX_BYTES / 4)
        }) {
            String message = assertThrows(IllegalArgumentException.class, () -> new StoreState(oneTooMany)).getMessage();
            assertEquals("state has 1048577 bytes, want at most 1048576", message);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud83d", "\ude00", "x\ud83dx", "\ude00\ud83d", "\ud83d\ud83d\ude00"})
    void aStateHasNoUnpairedSurrogates(String text) {
        assertThrows(IllegalArgumentException.class, () -> new StoreState(text));
    }
}
