package dev.millrace.codec.opus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class OpusPropertyTest {

    @Property(edgeCases = EdgeCasesMode.NONE)
    void readsWhatItWrote(@ForAll("heads") OpusHead head) throws Exception {
        assertEquals(head, OpusHeadTest.parse(OpusHeadTest.written(head)));
    }

    @Property
    void anyBytesAreAHeadOrAreRefused(@ForAll @Size(max = 40) byte[] wire) {
        isHead(Bytes.copyOf(wire));
    }

    @Property
    void anyBytesBehindTheSignatureAreAHeadOrAreRefused(@ForAll @Size(max = 40) byte[] wire) {
        byte[] head = TrackedBuffers.bytes("4f7075734865616401" + "00".repeat(wire.length));
        System.arraycopy(wire, 0, head, 9, wire.length);
        isHead(Bytes.takeOver(head));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void flippedBytesAreAHeadOrAreRefused(@ForAll("heads") OpusHead head, @ForAll @IntRange(max = 275) int at, @ForAll byte mask) {
        byte[] wire = TrackedBuffers.bytes(OpusHeadTest.written(head));
        wire[at % wire.length] ^= mask;
        isHead(Bytes.copyOf(wire));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aCutHeadIsRefused(@ForAll("heads") OpusHead head, @ForAll @IntRange(max = 276) int length) {
        Bytes wire = Bytes.takeOver(TrackedBuffers.bytes(OpusHeadTest.written(head)));
        assertEquals(length >= wire.size(), isHead(wire.slice(0, Math.min(length, wire.size()))));
    }

    @Property
    void anyPacketHasADurationOrIsRefused(@ForAll @Size(max = 3) byte[] wire) {
        try {
            int samples = OpusPacket.samples(Bytes.copyOf(wire));
            assertTrue(samples >= 120 && samples <= OpusPacket.MAX_SAMPLES && samples % 120 == 0);
            assertEquals(samples, OpusPacket.samples(Bytes.copyOf(Arrays.copyOf(wire, wire.length + 9))));
        } catch (MalformedException refused) {
            assertTrue(wire.length == 0 || (wire[0] & 3) == 3, refused.getMessage());
        }
    }

    private static boolean isHead(Bytes wire) {
        try {
            OpusHead head = OpusHead.parse(wire);
            assertEquals(head.channels(), head.mapping().size());
            assertTrue(head.channels() > 0);
            return true;
        } catch (MalformedException refused) {
            assertTrue(refused.getMessage().startsWith("Opus"), refused.getMessage());
            return false;
        }
    }

    @Provide
    Arbitrary<OpusHead> heads() {
        Arbitrary<Integer> families = Arbitraries.of(0, 1, 2, 4, 254, 255);
        return Combinators.combine(
                        families, Arbitraries.integers().between(1, 255), Arbitraries.integers().between(0, 65535),
                        Arbitraries.longs().between(0, 0xFFFFFFFFL), Arbitraries.integers().between(-32768, 32767),
                        Arbitraries.integers().between(1, 128), Arbitraries.integers().between(0, 127))
                .as((family, count, preSkip, rate, gain, streams, coupled) -> {
                    int channels = family == 0 ? 1 + count % 2 : family == 1 ? 1 + count % 8 : count;
                    int coupledStreams = family == 0 ? channels - 1 : Math.min(coupled, streams);
                    int streamCount = family == 0 ? 1 : streams;
                    byte[] mapping = new byte[channels];
                    for (int i = 0; i < channels; i++) {
                        mapping[i] = (byte) (family != 0 && i % 7 == 6 ? 255 : i % (streamCount + coupledStreams));
                    }
                    return new OpusHead(1, channels, preSkip, rate, gain, family, streamCount, coupledStreams, Bytes.takeOver(mapping));
                });
    }
}
