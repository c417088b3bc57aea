package dev.millrace.codec.avc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class AvcPropertyTest {

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void whatIsWrittenIsReadAgain(@ForAll("records") AvcDecoderConfigurationRecord record) throws Exception {
        assertEquals(record, AvcDecoderConfigurationRecordTest.parse(AvcDecoderConfigurationRecordTest.write(record)));
    }

    @Property(tries = 1000)
    void anyBytesAreReadOrRefused(@ForAll byte[] wire) {
        readOrRefuse(wire);
        if (wire.length > 5) {
            wire[0] = 1;
            wire[4] = (byte) 0xFF;
            readOrRefuse(wire);
            wire[0] = 0x67;
            readOrRefuse(wire);
        }
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void aRecordWithOneByteChangedIsReadOrRefused(@ForAll("wires") byte[] wire, @ForAll @IntRange(max = 100) int at, @ForAll byte change) {
        wire[at % wire.length] ^= change;
        readOrRefuse(wire);
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void aRecordCutShortIsReadOrRefused(@ForAll("wires") byte[] wire, @ForAll @IntRange(max = 100) int length) {
        readOrRefuse(Arrays.copyOf(wire, length % wire.length));
    }

    @Provide
    Arbitrary<byte[]> wires() {
        return Arbitraries.of(AvcSamples.WIRES).map(TrackedBuffers::bytes);
    }

    @Provide
    Arbitrary<AvcDecoderConfigurationRecord> records() {
        Arbitrary<Integer> octets = Arbitraries.integers().between(0, 255);
        Arbitrary<List<Bytes>> units = Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(40).map(Bytes::takeOver).list().ofMaxSize(5);
        return Combinators.combine(
                        Arbitraries.oneOf(Arbitraries.of(66, 77, 88, 100, 110, 122, 244), octets), octets, octets, Arbitraries.of(1, 2, 4), units, units,
                        Combinators.combine(Arbitraries.integers().between(0, 3), Arbitraries.integers().between(8, 15),
                                Arbitraries.integers().between(8, 15), units).as(AvcHighExtension::new))
                .as((profile, compatibility, level, lengthBytes, sps, pps, high) -> {
                    boolean extended = new AvcProfile(profile, 0, 0).hasChromaFormat();
                    AvcHighExtension extension = extended ? high : AvcHighExtension.DEFAULT;
                    return new AvcDecoderConfigurationRecord(profile, compatibility, level, lengthBytes, sps, pps, extension.chromaFormat(),
                            extension.bitDepthLuma(), extension.bitDepthChroma(), extension.spsExt());
                });
    }

    /** As a record, the parameter set in it, and as a parameter set alone. */
    private static void readOrRefuse(byte[] wire) {
        Bytes bytes = Bytes.copyOf(wire);
        try {
            AvcDecoderConfigurationRecord record = AvcDecoderConfigurationRecord.parse(bytes);
            assertEquals(record, AvcDecoderConfigurationRecordTest.parse(AvcDecoderConfigurationRecordTest.write(record)));
            check(record.sequenceParameterSet());
        } catch (MalformedException refused) {
            // the only exception allowed
        }
        try {
            check(AvcSequenceParameterSet.parse(bytes));
        } catch (MalformedException refused) {
            // the only exception allowed
        }
    }

    private static void check(AvcSequenceParameterSet sps) {
        assertTrue(sps.width() > 0 && sps.width() <= sps.codedWidth(), sps::toString);
        assertTrue(sps.height() > 0 && sps.height() <= sps.codedHeight(), sps::toString);
        assertTrue(sps.sampleAspectWidth() > 0 && sps.sampleAspectHeight() > 0, sps::toString);
    }
}
