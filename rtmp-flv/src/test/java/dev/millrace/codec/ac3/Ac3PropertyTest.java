package dev.millrace.codec.ac3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class Ac3PropertyTest {

    private static final byte[] AC3 = {0x0b, 0x77, 0x0d, 0x3d, 0x14, 0x40, (byte) 0xeb, (byte) 0xf8};
    private static final byte[] ENHANCED = {0x0b, 0x77, 0x01, 0x7f, 0x3f, (byte) 0x87, (byte) 0xc0, 0};

    @Property
    void anyBytesAreAFrameOrAreRefused(@ForAll @Size(max = 12) byte[] wire) {
        isFrame(wire);
    }

    @Property
    void anyBytesBehindTheSyncwordAreAFrameOrAreRefused(@ForAll @Size(8) byte[] wire) {
        wire[0] = AC3[0];
        wire[1] = AC3[1];
        isFrame(wire);
    }

    @Property
    void flippedBytesAreAFrameOrAreRefused(@ForAll boolean enhanced, @ForAll @IntRange(max = 7) int at, @ForAll byte mask) {
        byte[] wire = (enhanced ? ENHANCED : AC3).clone();
        wire[at] ^= mask;
        isFrame(wire);
    }

    @Property
    void aCutFrameIsReadFrom7BytesOn(@ForAll boolean enhanced, @ForAll @IntRange(max = 8) int length) {
        assertEquals(length >= 7, isFrame(Arrays.copyOf(enhanced ? ENHANCED : AC3, length)));
    }

    private static boolean isFrame(byte[] wire) {
        try {
            Ac3SyncFrame frame = Ac3SyncFrame.parse(Bytes.copyOf(wire));
            assertTrue(frame.channels() >= 1 && frame.channels() <= 6);
            assertTrue(frame.sampleRateHz() >= 8000 && frame.sampleRateHz() <= 48_000);
            assertTrue(frame.frameBytes() >= 12 && frame.frameBytes() <= 4096);
            assertTrue(frame.samples() >= 256 && frame.samples() <= 1536);
            return true;
        } catch (MalformedException refused) {
            assertTrue(refused.getMessage().contains("AC-3"), refused.getMessage());
            return false;
        }
    }
}
