package dev.millrace.amf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.media.MalformedException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;

class AmfPropertyTest {

    private static final AmfLimits LIMITS = new AmfLimits(/* maxDepth= */ 256, /* maxValues= */ 1 << 16, /* maxStringBytes= */ 1 << 17);

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void whatIsWrittenIsReadAgain(@ForAll("messages") List<AmfValue> values) throws Exception {
        byte[] wire = AmfWire.write(values);
        List<AmfValue> read = AmfWire.read(wire, LIMITS);
        assertEquals(values, read);
        assertArrayEquals(wire, AmfWire.write(read)); // also the order of properties
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void aBodyCutShortIsReadOrRefused(@ForAll("messages") List<AmfValue> values, @ForAll int seed) {
        byte[] wire = AmfWire.write(values);
        readOrRefuse(Arrays.copyOf(wire, Math.floorMod(seed, wire.length + 1)));
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void aBodyWithOneByteChangedIsReadOrRefused(@ForAll("messages") List<AmfValue> values, @ForAll int seed, @ForAll byte change) {
        byte[] wire = AmfWire.write(values);
        if (wire.length > 0) {
            wire[Math.floorMod(seed, wire.length)] ^= change;
        }
        readOrRefuse(wire);
    }

    @Property(tries = 1000)
    void anyBytesAreReadOrRefused(@ForAll byte[] wire) {
        readOrRefuse(wire);
    }

    /** Bytes that are more often markers and small counts get further than purely random ones. */
    @Property(tries = 2000)
    void anyMarkersAreReadOrRefused(@ForAll("markers") byte[] wire) {
        readOrRefuse(wire);
    }

    @Property(tries = 500)
    void noTextBreaksALogLine(@ForAll String text, @ForAll @Size(max = 3) Map<String, Double> numbers) {
        AmfProperties.Builder<AmfObject> builder = AmfObject.builder().put(text, text);
        numbers.forEach(builder::put);
        String printed = builder.build().toString();
        assertTrue(printed.codePoints().noneMatch(Character::isISOControl), printed);
        assertTrue(printed.codePoints().noneMatch(c -> c == 0x2028 || c == 0x2029 || c >= 0xD800 && c <= 0xDFFF), printed);
    }

    @Provide
    Arbitrary<byte[]> markers() {
        return Arbitraries.frequencyOf(
                        Tuple.of(4, Arbitraries.bytes().between((byte) 0, (byte) 0x11)),
                        Tuple.of(1, Arbitraries.bytes()))
                .array(byte[].class)
                .ofMaxSize(60);
    }

    @Provide
    Arbitrary<List<AmfValue>> messages() {
        return values(/* levels= */ 4).list().ofMaxSize(5);
    }

    /** Values whose objects and arrays are at most some levels deep. */
    private static Arbitrary<AmfValue> values(int levels) {
        return levels == 0 ? scalars() : Arbitraries.oneOf(scalars(), containers(levels));
    }

    private static Arbitrary<AmfValue> scalars() {
        Arbitrary<Double> numbers = Arbitraries.oneOf(
                Arbitraries.of(0.0, -0.0, 1.0, -1.0, Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE, Double.MAX_VALUE),
                Arbitraries.doubles());
        return Arbitraries.oneOf(
                numbers.map(AmfNumber::new),
                Arbitraries.of(true, false).map(AmfBoolean::new),
                texts().map(AmfString::new),
                texts().map(AmfXmlDocument::new),
                Combinators.combine(numbers, Arbitraries.shorts()).as(AmfDate::new),
                Arbitraries.of(AmfConstant.NULL, AmfConstant.UNDEFINED, AmfConstant.UNSUPPORTED));
    }

    private static Arbitrary<AmfValue> containers(int levels) {
        // A reference to index 0 is good in any container, since the container itself has begun.
        Arbitrary<AmfValue> members = Arbitraries.oneOf(Arbitraries.just(new AmfReference(0)), values(levels - 1));
        Arbitrary<Map<String, AmfValue>> properties = Arbitraries.maps(texts(), members).ofMaxSize(4);
        return Arbitraries.oneOf(
                properties.map(AmfObject::of),
                properties.map(AmfEcmaArray::of),
                Combinators.combine(texts(), properties).as(AmfTypedObject::of),
                members.list().ofMaxSize(4).map(AmfStrictArray::new));
    }

    /** Texts that UTF-8 can express, the empty one and those of other planes included. */
    private static Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.of("", "a", "\0", "\r\n", "\u00e9\u20ac", "\ud83d\ude00"),
                Arbitraries.strings()
                        .withCharRange('\0', '\ud7ff')
                        .withCharRange('\ue000', '\uffff')
                        .ofMaxLength(20));
    }

    private static void readOrRefuse(byte[] wire) {
        List<AmfValue> values;
        try {
            values = AmfWire.read(wire, LIMITS);
        } catch (MalformedException refused) {
            return; // the only exception allowed
        }
        AmfWire.write(values);
        for (AmfValue value : values) {
            assertTrue(value.toString().length() <= LogText.MAX_CHARS + 3);
        }
    }
}
