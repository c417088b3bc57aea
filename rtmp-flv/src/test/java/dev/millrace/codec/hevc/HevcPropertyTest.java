package dev.millrace.codec.hevc;

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

class HevcPropertyTest {

    /** Main, 4:4:4, Main 10 with an aspect ratio, and fields with HRD and SEI, as x265 wrote them. */
    private static final List<String> WIRES = List.of(
            "0101600000009000000000003cf000fcfdf8f800000f03200001001840010c01ffff01600000030090000003000003003c959409210001002a42010101600000030090000003000003003ca00a880c1c4446595952930bc05a02000007d20000ea601022000100064401c073c189",
            "0104080000009e08000000003cf000fcfff8f800000f03200001001740010c01ffff0408000003009e0800000300003c959409210001002c4201010408000003009e0800000300003c90015101838423b2caca94985e02d010000003001000000301e08022000100084401c07318301890",
            "0102200000009000000000007bf000fcfdfafa00000f03200001001840010c01ffff02200000030090000003000003007b959409210001002d42010102200000030090000003000003007ba003c0801107cad965654a4c2f0e6808000003000800000301904022000100064401c073c189",
            "0101600000004000000000003cf000fcfdf8f800000f04200001001840010c01ffff01600000030040000003000003003c959409210001003742010101600000030040000003000003003ca00d080f16595952930bc05a8101009a00000300020000030032c0292cbc001e848003d09122000100064401c073c18927000100064e0181010f80");

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void whatIsWrittenIsReadAgain(@ForAll("records") HevcDecoderConfigurationRecord record) throws Exception {
        assertEquals(record, HevcDecoderConfigurationRecordTest.parse(HevcDecoderConfigurationRecordTest.write(record)));
    }

    @Property(tries = 1000)
    void anyBytesAreReadOrRefused(@ForAll byte[] wire) {
        readOrRefuse(wire);
    }

    /** What stands behind the level is any bits, so that all parts of the parser are met. */
    @Property(tries = 2000)
    void anyBitsInAParameterSetAreReadOrRefused(@ForAll byte[] bits) {
        byte[] start = TrackedBuffers.bytes("42010101600000030090000003000003003f");
        byte[] wire = Arrays.copyOf(start, start.length + bits.length);
        System.arraycopy(bits, 0, wire, start.length, bits.length);
        readOrRefuse(wire);
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void aRecordWithOneByteChangedIsReadOrRefused(@ForAll("wires") byte[] wire, @ForAll @IntRange(max = 200) int at, @ForAll byte change) {
        wire[at % wire.length] ^= change;
        readOrRefuse(wire);
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void aRecordCutShortIsReadOrRefused(@ForAll("wires") byte[] wire, @ForAll @IntRange(max = 200) int length) {
        readOrRefuse(Arrays.copyOf(wire, length % wire.length));
    }

    @Provide
    Arbitrary<byte[]> wires() {
        return Arbitraries.of(WIRES).map(TrackedBuffers::bytes);
    }

    @Provide
    Arbitrary<HevcDecoderConfigurationRecord> records() {
        Arbitrary<Boolean> flags = Arbitraries.of(true, false);
        Arbitrary<HevcProfileTierLevel> levels = Combinators.combine(numbers(3), flags, numbers(31), Arbitraries.integers(),
                Arbitraries.longs().between(0, (1L << 48) - 1), numbers(255)).as(HevcProfileTierLevel::new);
        Arbitrary<Bytes> units = Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(20).map(Bytes::takeOver);
        Arbitrary<List<HevcNalArray>> arrays = Combinators.combine(flags, numbers(63), units.list().ofMaxSize(4)).as(HevcNalArray::new).list().ofMaxSize(4);
        Arbitrary<List<Integer>> small = Arbitraries.integers().between(0, 3).list().ofSize(4);
        return Combinators.combine(levels, numbers(4095), small, numbers(7), numbers(65535), flags, Arbitraries.of(1, 2, 4), arrays)
                .as((level, segmentation, two, eight, rate, nested, lengthBytes, list) -> new HevcDecoderConfigurationRecord(level, segmentation, two.get(0),
                        two.get(1), 8 + eight, 8 + two.get(2), rate, two.get(3), eight, nested, lengthBytes, list));
    }

    private static Arbitrary<Integer> numbers(int max) {
        return Arbitraries.integers().between(0, max);
    }

    /** As a record, the parameter set in it, and as a parameter set alone. */
    private static void readOrRefuse(byte[] wire) {
        Bytes bytes = Bytes.copyOf(wire);
        try {
            HevcDecoderConfigurationRecord record = HevcDecoderConfigurationRecord.parse(bytes);
            assertEquals(record, HevcDecoderConfigurationRecordTest.parse(HevcDecoderConfigurationRecordTest.write(record)));
            check(record.sequenceParameterSet());
        } catch (MalformedException refused) {
            // the only exception allowed
        }
        try {
            check(HevcSequenceParameterSet.parse(bytes));
        } catch (MalformedException refused) {
            // the only exception allowed
        }
    }

    private static void check(HevcSequenceParameterSet sps) {
        assertTrue(sps.width() > 0 && sps.width() <= sps.codedWidth(), sps::toString);
        assertTrue(sps.height() > 0 && sps.height() <= sps.codedHeight(), sps::toString);
        assertTrue(sps.sampleAspectWidth() > 0 && sps.sampleAspectHeight() > 0, sps::toString);
    }
}
