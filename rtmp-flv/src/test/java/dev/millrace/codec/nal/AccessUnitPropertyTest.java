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

class AccessUnitPropertyTest {

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void whatIsWrittenIsReadAgain(@ForAll("units") List<Bytes> units) {
        AccessUnit unit = new AccessUnit(units, 0, false);
        assertEquals(unit, AccessUnit.parse(Bytes.takeOver(TrackedBuffers.bytes(AccessUnitTest.written(unit::writeTo))), 4));
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void aByteStreamIsReadAgain(@ForAll("units") List<Bytes> units) {
        byte[] wire = TrackedBuffers.bytes(AccessUnitTest.written(out -> AnnexB.write(units, out)));
        assertEquals(units, AccessUnit.parse(Bytes.takeOver(wire), 4).nalUnits());
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void aCutDropsOnlyTheUnitThatItHits(@ForAll("units") List<Bytes> units, @ForAll @IntRange(max = 1000) int seed) {
        byte[] wire = TrackedBuffers.bytes(AccessUnitTest.written(new AccessUnit(units, 0, false)::writeTo));
        int length = wire.length == 0 ? 0 : seed % wire.length;
        AccessUnit cut = AccessUnit.parse(Bytes.takeOver(Arrays.copyOf(wire, length)), 4);
        assertEquals(units.subList(0, cut.nalUnits().size()), cut.nalUnits());
        assertEquals(length, cut.nalUnits().stream().mapToInt(unit -> 4 + unit.size()).sum() + cut.droppedBytes());
    }

    @Property(tries = 2000)
    void anyBytesAreRead(@ForAll("bodies") byte[] wire, @ForAll("lengthBytes") int lengthBytes) {
        AccessUnit unit = AccessUnit.parse(Bytes.copyOf(wire), lengthBytes);
        int bytes = unit.nalUnits().stream().mapToInt(Bytes::size).sum() + unit.droppedBytes();
        assertTrue(bytes <= wire.length, unit::toString);
        assertFalse(unit.nalUnits().contains(Bytes.EMPTY));
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
