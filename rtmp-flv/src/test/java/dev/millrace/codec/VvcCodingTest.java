package dev.millrace.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.Bytes;
import dev.millrace.media.Codec;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VvcCodingTest {

    private static final VideoCoding CODING = Coding.ofVideo(Codec.VVC);

    // ITU-T H.266, table 5: nal_unit_type 7 to 9 are slices of IDR and CRA pictures.
    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            IDR_W_RADL (7),           00000002 0039,                             true
            IDR_N_LP (8),             00000002 0041,                             true
            CRA (9),                  00000002 0049,                             true
            GDR (10),                 00000002 0051,                             false
            reserved (6),             00000002 0031,                             false
            TRAIL (0),                00000002 0001,                             false
            half a header,            00000001 41,                               false
            parameter sets and IDR,   00000002 0079 00000002 0081 00000002 0041, true
            parameter sets and inter, 00000002 0079 00000002 0081 00000002 0001, false
            nothing,                  '',                                        false
            half a length,            000000,                                    false
            no unit,                  00000000,                                  false
            only empty units,         00000000 00000000,                         false
            length past the end,      00000002 00,                               false
            greatest length,          ffffffff 0041,                             false
            length of 2^31,           80000000 0041,                             false
            behind an empty unit,     00000000 00000002 0041,                    true
            behind half a unit,       00000009 00 00000002 0041,                 false
            trailing bytes,           00000002 0041 000000,                      true
            """)
    void recognizesKeyframes(String name, String wire, boolean keyframe) {
        byte[] unit = TrackedBuffers.bytes(wire);
        assertEquals(keyframe, CODING.isKeyframe(Bytes.takeOver(unit), 0, unit.length));

        byte[] inside = new byte[unit.length + 20];
        Arrays.fill(inside, (byte) 0x41);
        System.arraycopy(unit, 0, inside, 10, unit.length);
        assertEquals(keyframe, CODING.isKeyframe(Bytes.takeOver(inside), 10, unit.length));
    }

    @Test
    void refusesARangeOutsideTheMessage() {
        assertThrows(IndexOutOfBoundsException.class, () -> CODING.isKeyframe(Bytes.takeOver(new byte[4]), 1, 4));
        assertThrows(IndexOutOfBoundsException.class, () -> CODING.isKeyframe(Bytes.takeOver(new byte[4]), -1, 4));
        assertThrows(IndexOutOfBoundsException.class, () -> CODING.isKeyframe(Bytes.takeOver(new byte[4]), 0, -1));
    }
}
