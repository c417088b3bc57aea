package dev.millrace.codec.vp9;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.codec.Coding;
import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.Bytes;
import dev.millrace.media.Codec;
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

class VpPropertyTest {

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void whatIsWrittenIsReadAgain(@ForAll("records") VpCodecConfigurationRecord record) throws Exception {
        assertEquals(record, VpCodecConfigurationRecordTest.parse(VpCodecConfigurationRecordTest.write(record)));
    }

    @Property(tries = 1000)
    void anyBytesAreReadOrRefused(@ForAll byte[] wire) {
        readOrRefuse(wire);
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void oneByteChangedIsReadOrRefused(@ForAll("wires") byte[] wire, @ForAll @IntRange(max = 100) int at, @ForAll byte change) {
        wire[at % wire.length] ^= change;
        readOrRefuse(wire);
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void whatIsCutShortIsReadOrRefused(@ForAll("wires") byte[] wire, @ForAll @IntRange(max = 100) int length) {
        readOrRefuse(Arrays.copyOf(wire, length % wire.length));
    }

    @Provide
    Arbitrary<byte[]> wires() {
        return Arbitraries.of("010000000015820202020000", "000a820102030000", "824983420027f016760c", "a2498342e013f00b360638").map(TrackedBuffers::bytes);
    }

    @Provide
    Arbitrary<VpCodecConfigurationRecord> records() {
        Arbitrary<Integer> octets = Arbitraries.integers().between(0, 255);
        return Combinators.combine(Arbitraries.integers().between(0, 3), octets, Arbitraries.of(8, 10, 12), Arbitraries.integers().between(0, 7),
                Arbitraries.of(true, false), octets, octets, octets).as(VpCodecConfigurationRecord::new);
    }

    /** As a record and as a frame. */
    private static void readOrRefuse(byte[] wire) {
        Bytes bytes = Bytes.copyOf(wire);
        try {
            VpCodecConfigurationRecord record = VpCodecConfigurationRecord.parse(bytes);
            assertEquals(record, VpCodecConfigurationRecordTest.parse(VpCodecConfigurationRecordTest.write(record)));
        } catch (MalformedException refused) {
            // the only exception allowed
        }
        try {
            Vp9KeyframeHeader header = Vp9KeyframeHeader.parse(bytes);
            assertTrue(header.width() > 0 && header.height() > 0, header::toString);
            assertTrue(Coding.ofVideo(Codec.VP9).isKeyframe(Bytes.takeOver(wire), 0, wire.length));
        } catch (MalformedException refused) {
            // the only exception allowed
        }
    }
}
