package dev.millrace.codec.flac;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class FlacPropertyTest {

    private static final String[] FORMS = {"", "80000022", "664c614300000022"};

    @Property(edgeCases = EdgeCasesMode.NONE)
    void readsWhatItWrote(@ForAll("infos") FlacStreamInfo info, @ForAll @IntRange(max = 2) int form) throws Exception {
        assertEquals(info, FlacStreamInfoTest.parse(FORMS[form] + FlacStreamInfoTest.written(info)));
    }

    @Property
    void anyBytesAreAnInfoOrAreRefused(@ForAll @Size(max = 50) byte[] wire) {
        isInfo(Bytes.copyOf(wire));
    }

    @Property
    void any34BytesAreAnInfoOrAreRefused(@ForAll @Size(34) byte[] wire) {
        isInfo(Bytes.copyOf(wire));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void flippedBytesAreAnInfoOrAreRefused(
            @ForAll("infos") FlacStreamInfo info, @ForAll @IntRange(max = 2) int form, @ForAll @IntRange(max = 41) int at, @ForAll byte mask) {
        byte[] wire = TrackedBuffers.bytes(FORMS[form] + FlacStreamInfoTest.written(info));
        wire[at % wire.length] ^= mask;
        isInfo(Bytes.copyOf(wire));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aCutInfoIsRefused(@ForAll("infos") FlacStreamInfo info, @ForAll @IntRange(max = 2) int form, @ForAll @IntRange(max = 42) int length) {
        Bytes wire = Bytes.copyOf(TrackedBuffers.bytes(FORMS[form] + FlacStreamInfoTest.written(info)));
        // 34 bytes of a longer form are taken for a STREAMINFO alone.
        if (length != 34) {
            assertEquals(length >= wire.size(), isInfo(wire.slice(0, Math.min(length, wire.size()))));
        }
    }

    private static boolean isInfo(Bytes wire) {
        try {
            FlacStreamInfo info = FlacStreamInfo.parse(wire);
            assertTrue(info.sampleRateHz() > 0);
            assertTrue(info.channels() > 0);
            return true;
        } catch (MalformedException refused) {
            assertTrue(refused.getMessage().startsWith("FLAC"), refused.getMessage());
            return false;
        }
    }

    @Provide
    Arbitrary<FlacStreamInfo> infos() {
        Arbitrary<Integer> blocks = Arbitraries.integers().between(16, 65535);
        Arbitrary<Integer> frames = Arbitraries.integers().between(0, 0xFFFFFF);
        Arbitrary<Bytes> md5 = Arbitraries.bytes().array(byte[].class).ofSize(16).map(Bytes::copyOf);
        return Combinators.combine(
                        blocks, blocks, frames, Arbitraries.integers().between(1, 0xFFFFF), Arbitraries.integers().between(1, 8),
                        Arbitraries.integers().between(4, 32), Arbitraries.longs().between(0, 0xFFFFFFFFFL), md5)
                .as((one, other, frameBytes, rate, channels, bits, samples, sum) -> new FlacStreamInfo(
                        Math.min(one, other), Math.max(one, other), frameBytes, 0xFFFFFF - frameBytes, rate, channels, bits, samples, sum));
    }
}
