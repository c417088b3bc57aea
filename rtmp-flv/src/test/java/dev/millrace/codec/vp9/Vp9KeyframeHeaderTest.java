package dev.millrace.codec.vp9;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.bits.BitText;
import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Vp9KeyframeHeaderTest {

    // Starts of frames that libvpx wrote, and what ffprobe 8.1 says of them.
    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            4:2:0,    824983420027f016760c38241c188e1005b050660f, 0 8 640x360
            odd size, 824983420014000b260638241c184a0009505062f4, 0 8 321x179
            4:4:4,    a24983420002800164c0c7048383094001724fedfb, 1 8 321x179
            4:2:2,    a249834208027e0166c0c7048383094001305062fe, 1 8 320x180
            sRGB,     a2498342e013f00b360638241c184a000c604fe9fa, 1 8 320x180
            """)
    void readsWhatEncodersWrite(String name, String wire, String expected) throws Exception {
        assertEquals(expected, text(Vp9KeyframeHeader.parse(Bytes.takeOver(TrackedBuffers.bytes(wire)))));
    }

    // VP9 bitstream, 6.2 and 6.2.2.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            profile 0       | 2=2 1=0 1=0 2=0 2=0 24=4817730 3=2 1=1 16=0 16=65535          | 0 8 1x65536
            profile 0, sRGB | 2=2 1=0 1=0 2=0 2=0 24=4817730 3=7 16=65535 16=0              | 0 8 65536x1
            profile 2       | 2=2 1=0 1=1 2=0 2=3 24=4817730 1=0 3=2 1=1 16=9 16=19         | 2 10 10x20
            profile 2 of 12 | 2=2 1=0 1=1 2=0 2=3 24=4817730 1=1 3=2 1=1 16=9 16=19         | 2 12 10x20
            profile 3       | 2=2 1=1 1=1 1=0 2=0 2=1 24=4817730 1=1 3=0 1=1 2=3 1=0 16=9 16=19 | 3 12 10x20
            profile 3, sRGB | 2=2 1=1 1=1 1=0 2=0 2=1 24=4817730 1=0 3=7 1=0 16=9 16=19     | 3 10 10x20
            """)
    void readsWhatIsLegal(String name, String bits, String expected) throws Exception {
        assertEquals(expected, text(Vp9KeyframeHeader.parse(BitText.bytes(bits))));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            marker 1            | 2=1 30=0                                  | frame_marker 1 is not 2
            inter frame         | 2=2 2=0 1=0 1=1 28=0                      | show_existing_frame, frame_type 1 is not 0, a keyframe
            shows an old frame  | 2=2 2=0 1=1 1=0 28=0                      | show_existing_frame, frame_type 2 is not 0, a keyframe
            sync code           | 2=2 2=0 2=0 2=0 24=4817731                | frame_sync_code 4817731 is not 4817730
            cut off             | 2=2 2=0 2=0 2=0 24=4817730 3=2 1=1 16=9 4=0 | frame_height_minus_1 of 16 bits in 4
            """)
    void refuses(String name, String bits, String reason) {
        assertEquals(reason, assertThrows(MalformedException.class, () -> Vp9KeyframeHeader.parse(BitText.bytes(bits))).getMessage());
    }

    @Test
    void refusesNothing() {
        assertThrows(MalformedException.class, () -> Vp9KeyframeHeader.parse(Bytes.EMPTY));
    }

    private static String text(Vp9KeyframeHeader header) {
        return header.profile() + " " + header.bitDepth() + " " + header.width() + "x" + header.height();
    }
}
