package dev.millrace.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.codec.avc.AvcNalUnitType;
import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.Bytes;
import dev.millrace.media.Codec;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvcCodingTest {

    private static final VideoCoding CODING = Coding.ofVideo(Codec.AVC);

    // ITU-T H.264, table 7-1: nal_unit_type 5 is a slice of an IDR picture.
    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            IDR,                      00000002 6588,                         true
            IDR not for reference,    00000002 0588,                         true
            inter,                    00000002 4188,                         false
            delimiter and IDR,        00000002 0910 00000002 6588,           true
            parameter sets and IDR,   00000001 67 00000001 68 00000002 6588, true
            parameter sets and inter, 00000001 67 00000001 68 00000002 4188, false
            SEI alone,                00000002 0605,                         false
            data partition,           00000002 2288,                         false
            start code,               00000001 65888000,                     true
            nothing,                  '',                                    false
            half a length,            000000,                                false
            no unit,                  00000000,                              false
            only empty units,         00000000 00000000,                     false
            length past the end,      00000002 65,                           false
            greatest length,          ffffffff 6588,                         false
            length of 2^31,           80000000 6588,                         false
            behind an empty unit,     00000000 00000002 6588,                true
            behind half a unit,       00000009 00 00000002 6588,             false
            trailing bytes,           00000002 6588 000000,                  true
            """)
    void recognizesKeyframes(String name, String wire, boolean keyframe) {
        byte[] unit = TrackedBuffers.bytes(wire);
        assertEquals(keyframe, CODING.isKeyframe(Bytes.takeOver(unit), 0, unit.length));

        byte[] inside = new byte[unit.length + 20];
        Arrays.fill(inside, (byte) 0x65);
        System.arraycopy(unit, 0, inside, 10, unit.length);
        assertEquals(keyframe, CODING.isKeyframe(Bytes.takeOver(inside), 10, unit.length));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            6588, IDR_SLICE
            0588, IDR_SLICE
            6742, SPS
            ff,   OTHER
            """)
    void namesTypes(String wire, AvcNalUnitType nalUnitType) {
        assertEquals(nalUnitType, AvcNalUnitType.of(Bytes.takeOver(TrackedBuffers.bytes(wire))));
    }

    @Test
    void refusesARangeOutsideTheMessage() {
        assertThrows(IndexOutOfBoundsException.class, () -> CODING.isKeyframe(Bytes.takeOver(new byte[4]), 1, 4));
        assertThrows(IndexOutOfBoundsException.class, () -> CODING.isKeyframe(Bytes.takeOver(new byte[4]), -1, 4));
        assertThrows(IndexOutOfBoundsException.class, () -> CODING.isKeyframe(Bytes.takeOver(new byte[4]), 0, -1));
    }
}
