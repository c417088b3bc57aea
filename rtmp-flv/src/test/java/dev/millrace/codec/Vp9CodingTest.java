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

class Vp9CodingTest {

    private static final VideoCoding CODING = Coding.ofVideo(Codec.VP9);

    // VP9 bitstream specification, 6.2.
    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            key,                          82498342, true
            hidden key,                   80498342, true
            inter,                        8600,     false
            shows an old frame,           8a,       false
            key of profile 1,             a2498342, true
            inter of profile 1,           a6,       false
            key of profile 2,             92498342, true
            inter of profile 2,           96,       false
            key of profile 3,             b1498342, true
            inter of profile 3,           b3,       false
            profile 3 shows an old frame, b4,       false
            marker 0,                     02498342, false
            marker 1,                     42498342, false
            marker 3,                     c2498342, false
            nothing,                      '',       false
            """)
    void tellsKeyframes(String name, String wire, boolean keyframe) {
        byte[] unit = TrackedBuffers.bytes(wire);
        assertEquals(keyframe, CODING.isKeyframe(Bytes.takeOver(unit), 0, unit.length));

        byte[] inside = new byte[unit.length + 20];
        Arrays.fill(inside, (byte) 0x82);
        System.arraycopy(unit, 0, inside, 10, unit.length);
        assertEquals(keyframe, CODING.isKeyframe(Bytes.takeOver(inside), 10, unit.length));
    }

    @Test
    void refusesARangeOutsideTheArray() {
        assertThrows(IndexOutOfBoundsException.class, () -> CODING.isKeyframe(Bytes.takeOver(new byte[4]), 1, 4));
        assertThrows(IndexOutOfBoundsException.class, () -> CODING.isKeyframe(Bytes.takeOver(new byte[4]), -1, 4));
        assertThrows(IndexOutOfBoundsException.class, () -> CODING.isKeyframe(Bytes.takeOver(new byte[4]), 0, -1));
    }
}
