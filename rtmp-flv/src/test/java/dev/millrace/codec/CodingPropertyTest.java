package dev.millrace.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.millrace.media.Bytes;
import dev.millrace.media.Codec;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class CodingPropertyTest {

    @Property(edgeCases = EdgeCasesMode.NONE)
    void whatStandsAroundTheBodyDoesNotMatter(
            @ForAll("codecs") Codec codec,
            @ForAll("bodies") byte[] body,
            @ForAll @Size(max = 12) byte[] before,
            @ForAll @Size(max = 12) byte[] after) {
        byte[] message = Arrays.copyOf(before, before.length + body.length + after.length);
        System.arraycopy(body, 0, message, before.length, body.length);
        System.arraycopy(after, 0, message, before.length + body.length, after.length);
        VideoCoding coding = Coding.ofVideo(codec);
        boolean alone = coding.isKeyframe(Bytes.takeOver(body), 0, body.length);
        assertEquals(alone, coding.isKeyframe(Bytes.takeOver(message), before.length, body.length));
    }

    @Property
    void nothingIsNoKeyframe(@ForAll("codecs") Codec codec, @ForAll @Size(max = 12) byte[] message, @ForAll @IntRange(max = 12) int at) {
        assertFalse(Coding.ofVideo(codec).isKeyframe(Bytes.takeOver(message), Math.min(at, message.length), 0));
    }

    @Provide
    Arbitrary<Codec> codecs() {
        return Arbitraries.of(Codec.AVC, Codec.HEVC, Codec.VVC, Codec.AV1, Codec.VP9, Codec.VP8, Codec.VP6);
    }

    /** Few values, so that lengths and types often fit. */
    @Provide
    Arbitrary<byte[]> bodies() {
        Arbitrary<Byte> bytes = Arbitraries.of(0, 0, 0, 1, 2, 3, 0x0A, 0x10, 0x12, 0x26, 0x32, 0x36, 0x41, 0x65, 0x80, 0xFF).map(Integer::byteValue);
        return bytes.array(byte[].class).ofMaxSize(24);
    }
}
