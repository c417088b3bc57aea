package dev.millrace.hls.ts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PesHeaderTest {

    // Times by hand from H.222.0, table 2-21.
    @ParameterizedTest
    @CsvSource(textBlock = """
            video without length,      e0,    -1,      90000,      90000, 000001e0 0000 8480 05 210005bf21
            video with DTS,            e0,    -1,     903000,     900000, 000001e0 0000 84c0 0a 3100378eb1 1100377741
            audio,                     c0,    10,     901000,     901000, 000001c0 0012 8480 05 2100377f11
            longest audio,             c0, 65527,          0,          0, 000001c0 ffff 8480 05 2100010001
            greatest time,             bd,     1, 8589934591, 8589934591, 000001bd 0009 8480 05 2fffffffff
            one past it,               bd,     1, 8589934592, 8589934592, 000001bd 0009 8480 05 2100010001
            wraps between DTS and PTS, e0,    -1, 8589934592, 8589934591, 000001e0 0000 84c0 0a 3100010001 1fffffffff
            below zero,                bd,     1,         -1,         -1, 000001bd 0009 8480 05 2fffffffff
            """)
    void writes(String name, String streamId, int payloadBytes, long pts, long dts, String expected) {
        byte[] target = new byte[PesHeader.MAX_BYTES];
        int length = PesHeader.write(target, HexFormat.fromHexDigits(streamId), payloadBytes, pts, dts);
        assertEquals(expected.replace(" ", ""), HexFormat.of().formatHex(target, 0, length));
    }
}
