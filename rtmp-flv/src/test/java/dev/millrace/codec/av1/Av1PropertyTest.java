package dev.millrace.codec.av1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import java.util.Arrays;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class Av1PropertyTest {

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void whatIsWrittenIsReadAgain(@ForAll("records") Av1CodecConfigurationRecord record) throws Exception {
        assertEquals(record, Av1CodecConfigurationRecordTest.parse(Av1CodecConfigurationRecordTest.write(record)));
    }

    @Property(tries = 2000)
    void anyBytesAreReadOrRefused(@ForAll byte[] wire) {
        readOrRefuse(wire);
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
        return Arbitraries.of("81010c000a0c0200000d2627fb3805f00080", "812040000a0d200000043cfeccdaf960404122", "814068000a0b400000043cfeccdaf96220")
                .map(TrackedBuffers::bytes);
    }

    @Provide
    Arbitrary<Av1CodecConfigurationRecord> records() {
        Arbitrary<Boolean> flags = Arbitraries.of(true, false);
        Arbitrary<OptionalInt> delays = Arbitraries.integers().between(0, 16).map(delay -> delay == 0 ? OptionalInt.empty() : OptionalInt.of(delay));
        Arbitrary<Bytes> obus = Arbitraries.bytes().array(byte[].class).ofMaxSize(20).map(Bytes::takeOver);
        return Combinators.combine(Arbitraries.integers().between(0, 7), Arbitraries.integers().between(0, 31), flags.list().ofSize(6),
                        Arbitraries.integers().between(0, 3), delays, obus)
                .as((profile, level, flag, position, delay, config) -> new Av1CodecConfigurationRecord(profile, level, flag.get(0), flag.get(1), flag.get(2),
                        flag.get(3), flag.get(4), flag.get(5), position, delay, config));
    }

    /** As a record, the sequence header in it, as a sequence header alone, and as a temporal unit. */
    private static void readOrRefuse(byte[] wire) {
        Bytes bytes = Bytes.copyOf(wire);
        try {
            Av1CodecConfigurationRecord record = Av1CodecConfigurationRecord.parse(bytes);
            assertEquals(record, Av1CodecConfigurationRecordTest.parse(Av1CodecConfigurationRecordTest.write(record)));
            check(record.sequenceHeader());
        } catch (MalformedException refused) {
            // the only exception allowed
        }
        try {
            check(Av1SequenceHeader.parse(bytes));
        } catch (MalformedException refused) {
            // the only exception allowed
        }
        assertTrue(Av1TemporalUnit.obus(bytes).stream().mapToInt(obu -> obu.bytes().size()).sum() <= wire.length);
    }

    private static void check(Av1SequenceHeader header) {
        assertTrue(header.maxFrameWidth() > 0 && header.maxFrameWidth() <= 65536, header::toString);
        assertTrue(header.maxFrameHeight() > 0 && header.maxFrameHeight() <= 65536, header::toString);
        assertTrue(header.chromaFormat() >= 0 && header.chromaFormat() <= 3, header::toString);
    }
}
