package dev.millrace.codec.mp3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class MpegAudioPropertyTest {

    private static final byte[] HEADER = {(byte) 0xff, (byte) 0xfb, (byte) 0x90, 0x64, 0, 0};

    @Property
    void anyBytesAreAHeaderOrAreRefused(@ForAll @Size(max = 6) byte[] wire) {
        isHeader(wire);
    }

    @Property
    void anyBitsBehindTheSyncwordAreAHeaderOrAreRefused(@ForAll @Size(4) byte[] wire) {
        wire[0] = HEADER[0];
        wire[1] |= (byte) 0xe0;
        isHeader(wire);
    }

    @Property
    void flippedBytesAreAHeaderOrAreRefused(@ForAll @IntRange(max = 5) int at, @ForAll byte mask) {
        byte[] wire = HEADER.clone();
        wire[at] ^= mask;
        isHeader(wire);
    }

    @Property
    void aCutFrameIsReadFrom4BytesOn(@ForAll @IntRange(max = 6) int length) {
        assertEquals(length >= 4, isHeader(Arrays.copyOf(HEADER, length)));
    }

    private static boolean isHeader(byte[] wire) {
        try {
            MpegAudioHeader header = MpegAudioHeader.parse(Bytes.copyOf(wire));
            assertTrue(header.sampleRateHz() >= 8000 && header.sampleRateHz() <= 48_000);
            assertTrue(header.bitsPerSecond() >= 8000 && header.bitsPerSecond() <= 448_000);
            // The frame is as long as bit rate and duration say, but for rounding and one slot of padding.
            long bits = (long) header.bitsPerSecond() * header.samples() / header.sampleRateHz();
            assertTrue(Math.abs(header.frameBytes() - bits / 8) <= 4, header::toString);
            return true;
        } catch (MalformedException refused) {
            assertTrue(refused.getMessage().startsWith("MPEG audio"), refused.getMessage());
            return false;
        }
    }
}
