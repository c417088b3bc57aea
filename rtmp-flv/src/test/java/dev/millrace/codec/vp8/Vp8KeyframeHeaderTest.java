package dev.millrace.codec.vp8;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Vp8KeyframeHeaderTest {

    // RFC 6386, 9.1. The first was written by libvpx.
    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            odd size, 905c00 9d012a 4101 b300 01c7, 321x179
            scaled,   905c00 9d012a 4141 b3c0,      321x179
            smallest, 000000 9d012a 0100 0100,      1x1
            greatest, 000000 9d012a ff3f ff3f,      16383x16383
            """)
    void readsTheSize(String name, String wire, String expected) throws Exception {
        Vp8KeyframeHeader header = parse(wire);
        assertEquals(expected, header.width() + "x" + header.height());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            nothing         | ''                      | keyframe header of 0 bytes is not 10
            cut off         | 905c00 9d012a 4101 b3   | keyframe header of 9 bytes is not 10
            inter frame     | 915c00 9d012a 4101 b300 | frame type 1 is not 0, a keyframe
            other code      | 905c00 9d012b 4101 b300 | start code 10289451 is not 10289450
            no width        | 905c00 9d012a 00c0 b300 | size 0x179 is not 1x1 to 16383x16383
            no height       | 905c00 9d012a 4101 0040 | size 321x0 is not 1x1 to 16383x16383
            """)
    void refuses(String name, String wire, String reason) {
        assertEquals(reason, assertThrows(MalformedException.class, () -> parse(wire)).getMessage());
    }

    private static Vp8KeyframeHeader parse(String wire) throws MalformedException {
        return Vp8KeyframeHeader.parse(Bytes.takeOver(TrackedBuffers.bytes(wire)));
    }
}
