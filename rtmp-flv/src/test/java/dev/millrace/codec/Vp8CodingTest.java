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

class Vp8CodingTest {

    private static final VideoCoding CODING = Coding.ofVideo(Codec.VP8);

    // RFC 6386, 9.1.
    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            key,        10029d012a, true
            hidden key, 00029d012a, true
            inter,      1102,       false
            nothing,    '',         false
            """)
    void tellsKeyframes(String name, String wire, boolean keyframe) {
        byte[] unit = TrackedBuffers.bytes(wire);
        assertEquals(keyframe, CODING.isKeyframe(Bytes.takeOver(unit), 0, unit.length));

        byte[] inside = new byte[unit.length + 20];
        Arrays.fill(inside, (byte) 0x10);
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
