package dev.millrace.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.codec.hevc.HevcNalUnitType;
import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.Bytes;
import dev.millrace.media.Codec;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HevcCodingTest {

    private static final VideoCoding CODING = Coding.ofVideo(Codec.HEVC);

    // ITU-T H.265, table 7-1: nal_unit_type 16 to 21 are slices of BLA, IDR and CRA pictures, 22 and 23 are reserved.
    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            BLA_W_LP (16),            00000002 2001,                                           true
            BLA_N_LP (18),            00000002 2401,                                           true
            IDR_W_RADL (19),          00000002 2601,                                           true
            IDR_N_LP (20),            00000002 2801,                                           true
            CRA (21),                 00000002 2a01,                                           true
            reserved (22),            00000002 2c01,                                           false
            reserved (15),            00000002 1e01,                                           false
            TRAIL_R (1),              00000002 0201,                                           false
            RASL_R (9),               00000002 1201,                                           false
            parameter sets and IDR,   00000002 4001 00000002 4201 00000002 4401 00000002 2601, true
            parameter sets and inter, 00000002 4001 00000002 4201 00000002 4401 00000002 0201, false
            higher layer,             00000002 2709,                                           true
            nothing,                  '',                                                      false
            half a length,            000000,                                                  false
            no unit,                  00000000,                                                false
            only empty units,         00000000 00000000,                                       false
            length past the end,      00000002 26,                                             false
            greatest length,          ffffffff 2601,                                           false
            length of 2^31,           80000000 2601,                                           false
            behind an empty unit,     00000000 00000002 2601,                                  true
            behind half a unit,       00000009 00 00000002 2601,                               false
            trailing bytes,           00000002 2601 000000,                                    true
            """)
    void recognizesKeyframes(String name, String wire, boolean keyframe) {
        byte[] unit = TrackedBuffers.bytes(wire);
        assertEquals(keyframe, CODING.isKeyframe(Bytes.takeOver(unit), 0, unit.length));

        byte[] inside = new byte[unit.length + 20];
        Arrays.fill(inside, (byte) 0x26);
        System.arraycopy(unit, 0, inside, 10, unit.length);
        assertEquals(keyframe, CODING.isKeyframe(Bytes.takeOver(inside), 10, unit.length));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            2601, IDR_W_RADL
            a601, IDR_W_RADL
            4201, SPS_NUT
            ff01, OTHER
            """)
    void namesTypes(String wire, HevcNalUnitType nalUnitType) {
        assertEquals(nalUnitType, HevcNalUnitType.of(Bytes.takeOver(TrackedBuffers.bytes(wire))));
    }

    @Test
    void refusesARangeOutsideTheMessage() {
        assertThrows(IndexOutOfBoundsException.class, () -> CODING.isKeyframe(Bytes.takeOver(new byte[4]), 1, 4));
        assertThrows(IndexOutOfBoundsException.class, () -> CODING.isKeyframe(Bytes.takeOver(new byte[4]), -1, 4));
        assertThrows(IndexOutOfBoundsException.class, () -> CODING.isKeyframe(Bytes.takeOver(new byte[4]), 0, -1));
    }
}
