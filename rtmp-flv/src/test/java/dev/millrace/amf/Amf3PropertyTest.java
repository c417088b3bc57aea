package dev.millrace.amf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.MalformedException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class Amf3PropertyTest {

    private static final AmfLimits LIMITS = new AmfLimits(/* maxDepth= */ 256, /* maxValues= */ 1 << 16, /* maxStringBytes= */ 1 << 17);

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void whatIsWrittenIsReadAgain(@ForAll("graphs") Amf3Value value) throws Exception {
        byte[] wire = write(value);
        Amf3Value read = read(wire);
        assertArrayEquals(wire, write(read)); // what is shared, too
        assertEquals(value, read);
        assertEquals(value.hashCode(), read.hashCode());
        assertEquals(value.toString(), read.toString());
    }

    /** Two values are equal just when they are written alike: here one and what differs from it by a byte. */
    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void equalsAgreesWithTheWire(@ForAll("graphs") Amf3Value one, @ForAll int seed, @ForAll byte change) {
        byte[] wire = write(one);
        byte[] changed = wire.clone();
        changed[Math.floorMod(seed, wire.length)] ^= change;
        Amf3Value other;
        try {
            other = read(changed);
        } catch (MalformedException refused) {
            return;
        }
        assertEquals(Arrays.equals(wire, write(other)), one.equals(other));
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void noCutOfAValueIsAValue(@ForAll("graphs") Amf3Value value) {
        byte[] wire = write(value);
        for (int length = 0; length < wire.length; length++) {
            byte[] cut = Arrays.copyOf(wire, length);
            assertThrows(MalformedException.class, () -> read(cut));
        }
    }

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void aValueWithOneByteChangedIsReadOrRefused(@ForAll("graphs") Amf3Value value, @ForAll int seed, @ForAll byte change) {
        byte[] wire = write(value);
        wire[Math.floorMod(seed, wire.length)] ^= change;
        readOrRefuse(wire);
    }

    @Property(tries = 1000)
    void anyBytesAreReadOrRefused(@ForAll byte[] wire) {
        readOrRefuse(wire);
    }

    /** Bytes that are more often markers and small headers get further than purely random ones. */
    @Property(tries = 3000)
    void anyMarkersAreReadOrRefused(@ForAll("markers") byte[] wire) {
        readOrRefuse(wire);
    }

    @Provide
    Arbitrary<Amf3Value> graphs() {
        return Arbitraries.randomValue(Amf3Graphs::any);
    }

    @Provide
    Arbitrary<byte[]> markers() {
        return Arbitraries.frequencyOf(
                        Tuple.of(6, Arbitraries.bytes().between((byte) 0, (byte) 0x11)),
                        Tuple.of(1, Arbitraries.bytes()))
                .array(byte[].class)
                .ofMaxSize(60);
    }

    private static void readOrRefuse(byte[] wire) {
        Amf3Value value;
        try {
            value = read(wire);
        } catch (MalformedException refused) {
            return; // the only exception allowed
        }
        assertTrue(value.toString().length() <= LogText.MAX_CHARS + 3);
        byte[] written = write(value);
        try {
            Amf3Value again = read(written);
            assertEquals(value, again);
            assertEquals(value.hashCode(), again.hashCode());
        } catch (MalformedException e) {
            throw new AssertionError(value + " is written so that it cannot be read", e);
        }
    }

    private static Amf3Value read(byte[] wire) throws MalformedException {
        try (TrackedBuffers buffers = new TrackedBuffers()) {
            ByteBuf body = buffers.of(wire);
            try {
                return Amf3Reader.read(body, LIMITS);
            } finally {
                assertEquals(wire.length, body.readableBytes());
                body.release();
            }
        }
    }

    private static byte[] write(Amf3Value value) {
        try (TrackedBuffers buffers = new TrackedBuffers()) {
            ByteBuf out = buffers.of();
            try {
                Amf3Writer.write(value, out);
                return ByteBufUtil.getBytes(out);
            } finally {
                out.release();
            }
        }
    }
}
