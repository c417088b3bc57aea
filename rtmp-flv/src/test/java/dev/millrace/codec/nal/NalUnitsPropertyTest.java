package dev.millrace.codec.nal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.Bytes;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class NalUnitsPropertyTest {

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void unitsBehindLengthsAreFound(@ForAll("units") List<Bytes> units) {
        NalUnits found = NalUnitsTest.scan(withLengths(units), 4);
        assertEquals(units, NalUnitsTest.list(found));
        assertEquals(0, found.droppedBytes());
        assertFalse(found.hasStartCodes());
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void unitsOfAByteStreamAreFound(@ForAll("units") List<Bytes> units) {
        byte[] wire = TrackedBuffers.bytes(NalUnitsTest.written(out -> AnnexB.write(units, out)));
        assertEquals(units, NalUnitsTest.list(NalUnitsTest.scan(wire, 4)));
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void aCutDropsOnlyTheUnitThatItHits(@ForAll("units") List<Bytes> units, @ForAll @IntRange(max = 1000) int seed) {
        byte[] wire = withLengths(units);
        int length = wire.length == 0 ? 0 : seed % wire.length;
        NalUnits cut = NalUnitsTest.scan(Arrays.copyOf(wire, length), 4);
        List<Bytes> found = NalUnitsTest.list(cut);
        assertEquals(units.subList(0, found.size()), found);
        assertEquals(length, found.stream().mapToInt(unit -> 4 + unit.size()).sum() + cut.droppedBytes());
    }

    @Property(tries = 2000)
    void anyBytesAreRead(@ForAll("bodies") byte[] wire, @ForAll("lengthBytes") int lengthBytes) {
        NalUnits units = NalUnitsTest.scan(wire.clone(), lengthBytes);
        List<Bytes> found = NalUnitsTest.list(units);
        int bytes = found.stream().mapToInt(Bytes::size).sum() + units.droppedBytes();
        assertTrue(bytes <= wire.length, () -> found + " " + units.droppedBytes());
        assertFalse(found.contains(Bytes.EMPTY));
    }

    private static byte[] withLengths(List<Bytes> units) {
        return TrackedBuffers.bytes(NalUnitsTest.written(out -> units.forEach(unit -> {
            out.writeInt(unit.size());
            unit.writeTo(out);
        })));
    }

    /** Units that do not begin or end with 0 and have neither start codes nor a length of 1 in front. */
    @Provide
    Arbitrary<List<Bytes>> units() {
        return Arbitraries.bytes().between((byte) 2, (byte) 127).array(byte[].class).ofMinSize(2).ofMaxSize(30).map(Bytes::takeOver).list().ofMaxSize(6);
    }

    @Provide
    Arbitrary<byte[]> bodies() {
        return Arbitraries.of(0, 0, 0, 1, 2, 5, 0x65, 0xFF).map(Integer::byteValue).array(byte[].class).ofMaxSize(40);
    }

    @Provide
    Arbitrary<Integer> lengthBytes() {
        return Arbitraries.of(1, 2, 4);
    }
}
