package dev.millrace.amf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What values promise apart from the wire: ranges, builders, comparing, printing. */
class Amf3ValueTest {

    private static final Amf3Integer ONE = new Amf3Integer(1);

    @ParameterizedTest
    @ValueSource(ints = {-268435457, 268435456, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void refusesIntegersOfMoreThan29Bits(int value) {
        assertThrows(IllegalArgumentException.class, () -> new Amf3Integer(value));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1L << 32})
    void refusesUintsOfMoreThan32Bits(long value) {
        assertThrows(IllegalArgumentException.class, () -> Amf3NumberVector.ofUints(/* fixed= */ false, value));
    }

    @Test
    void refusesHeadersOfMoreThan29Bits() {
        try (TrackedBuffers buffers = new TrackedBuffers()) {
            ByteBuf out = buffers.of();
            try {
                Amf3Encoder encoder = new Amf3Encoder(out);
                encoder.writeU29(0x1FFFFFFF);
                assertEquals("ffffffff", ByteBufUtil.hexDump(out));
                assertThrows(IllegalArgumentException.class, () -> encoder.writeU29(0x20000000));
            } finally {
                out.release();
            }
        }
    }

    @Test
    void refusesMoreSealedMembersThan25Bits() {
        List<String> names = Collections.nCopies(Amf3Traits.MAX_SEALED + 1, "a");
        assertThrows(IllegalArgumentException.class, () -> new Amf3Traits("", /* dynamic= */ false, names));
    }

    @Test
    void keepsTheNamesOfItsTraits() {
        List<String> names = new ArrayList<>(List.of("a"));
        Amf3Traits traits = new Amf3Traits("", /* dynamic= */ false, names);
        names.set(0, "b");
        assertEquals(List.of("a"), traits.sealedNames());
    }

    @Test
    void keepsTheNumbersOfItsVector() {
        double[] values = {1};
        Amf3NumberVector vector = Amf3NumberVector.ofDoubles(/* fixed= */ false, values);
        values[0] = 2;
        assertEquals(1, vector.valueAt(0));
        assertThrows(IndexOutOfBoundsException.class, () -> vector.valueAt(1));
    }

    @Test
    void findsMembersByName() {
        Amf3Object object = Amf3Object.builder(new Amf3Traits("C", /* dynamic= */ true, List.of("a", "a")))
                .addSealed(ONE)
                .addSealed(Amf3Constant.NULL)
                .put("a", Amf3Constant.TRUE)
                .put("b", Amf3Constant.FALSE)
                .build();
        assertEquals(Optional.of(ONE), object.get("a"));
        assertEquals(Optional.of(Amf3Constant.of(false)), object.get("b"));
        assertEquals(Optional.empty(), object.get("c"));
    }

    @Test
    void givesNoListThatCanBeModified() {
        Amf3Array array = Amf3Array.builder().put("a", ONE).add(ONE).build();
        Amf3Object object = Amf3Object.builder(new Amf3Traits("", /* dynamic= */ true, List.of("a"))).addSealed(ONE).build();
        Amf3ObjectVector vector = Amf3ObjectVector.builder("", false).add(ONE).build();
        Amf3Dictionary dictionary = Amf3Dictionary.builder(false).add(ONE, ONE).build();
        List<Executable> changes = List.of(
                () -> array.associative().clear(),
                () -> array.dense().clear(),
                () -> object.sealedValues().clear(),
                () -> object.dynamicMembers().put("b", ONE),
                () -> vector.values().clear(),
                () -> dictionary.entries().clear());
        changes.forEach(change -> assertThrows(UnsupportedOperationException.class, change));
    }

    @Test
    void cannotBeUsedBeforeItIsBuilt() {
        Amf3Array array = Amf3Array.builder().node();
        Amf3Object object = Amf3Object.builder().node();
        Amf3ObjectVector vector = Amf3ObjectVector.builder("", false).node();
        Amf3Dictionary dictionary = Amf3Dictionary.builder(false).node();
        List<Executable> uses = List.of(
                array::associative,
                array::dense,
                object::sealedValues,
                object::dynamicMembers,
                () -> object.get("a"),
                vector::values,
                dictionary::entries,
                array::hashCode,
                object::hashCode,
                () -> Amf3Array.of(array).hashCode(),
                () -> array.equals(Amf3Array.of()));
        uses.forEach(use -> assertThrows(IllegalStateException.class, use));
        assertEquals("[unbuilt]", Amf3Array.of(array).toString());
    }

    @Test
    void cannotBeChangedAfterItIsBuilt() {
        Amf3Array.Builder array = Amf3Array.builder();
        Amf3Object.Builder object = Amf3Object.builder();
        Amf3ObjectVector.Builder vector = Amf3ObjectVector.builder("", false);
        Amf3Dictionary.Builder dictionary = Amf3Dictionary.builder(false);
        assertSame(array.node(), array.build());
        assertSame(object.node(), object.build());
        assertSame(vector.node(), vector.build());
        assertSame(dictionary.node(), dictionary.build());
        List<Executable> changes = List.of(
                () -> array.put("a", ONE),
                () -> array.add(ONE),
                array::build,
                () -> object.put("a", ONE),
                () -> object.addSealed(ONE),
                object::build,
                () -> vector.add(ONE),
                vector::build,
                () -> dictionary.add(ONE, ONE),
                dictionary::build);
        changes.forEach(change -> assertThrows(IllegalStateException.class, change));
    }

    @Test
    void refusesMembersThatTheTraitsDoNotHave() {
        Amf3Object.Builder builder = Amf3Object.builder(new Amf3Traits("", /* dynamic= */ false, List.of("a")));
        assertThrows(IllegalStateException.class, () -> builder.put("b", ONE));
        assertThrows(IllegalStateException.class, builder::build);
        builder.addSealed(ONE);
        assertThrows(IllegalStateException.class, () -> builder.addSealed(ONE));
        assertEquals(List.of(ONE), builder.build().sealedValues());
    }

    @Test
    void refusesMembersWithoutAName() {
        assertThrows(IllegalArgumentException.class, () -> Amf3Array.builder().put("", ONE));
        assertThrows(IllegalArgumentException.class, () -> Amf3Object.builder().put("", ONE));
    }

    @Test
    void tellsSharedFromEqual() {
        Amf3Array one = Amf3Array.of();
        assertEquals(one, Amf3Array.of());
        assertNotEquals(Amf3Array.of(one, one), Amf3Array.of(one, Amf3Array.of()));
        assertNotEquals(Amf3Array.of(one, Amf3Array.of()), Amf3Array.of(one, one));
    }

    /** A cycle of one and a cycle of two look alike from inside, but are not written alike. */
    @Test
    void tellsCyclesOfDifferentLengthApart() {
        Amf3Array.Builder self = Amf3Array.builder();
        self.add(self.node()).build();
        Amf3Array.Builder outer = Amf3Array.builder();
        outer.add(Amf3Array.of(outer.node())).build();
        assertNotEquals(self.node(), outer.node());
        assertFalse(outer.node().equals(self.node()));
    }

    @Test
    void needsNoStackForDepth() {
        Amf3Value deep = chain(200_000);
        Amf3Value same = chain(200_000);
        assertEquals(same.hashCode(), deep.hashCode());
        assertTrue(deep.equals(same));
        assertTrue(deep.toString().startsWith("[[[["), deep.toString());
        assertTrue(deep.toString().length() < 100, deep.toString());
        try (TrackedBuffers buffers = new TrackedBuffers()) {
            ByteBuf out = buffers.of();
            try {
                Amf3Writer.write(deep, out);
                assertEquals(200_000 * 3 + 2, out.readableBytes());
            } finally {
                out.release();
            }
        }
    }

    private static Amf3Value chain(int length) {
        Amf3Value value = ONE;
        for (int i = 0; i < length; i++) {
            value = Amf3Array.of(value);
        }
        return value;
    }

    static List<Arguments> printed() {
        Amf3Object.Builder me = Amf3Object.builder();
        Amf3Traits traits = new Amf3Traits("C\n", /* dynamic= */ true, List.of("a"));
        return List.of(
                arguments(Amf3Constant.UNDEFINED, "undefined"),
                arguments(Amf3Constant.of(true), "true"),
                arguments(ONE, "1"),
                arguments(new Amf3Double(1), "1.0"),
                arguments(new Amf3String("a\r\n\u202e"), "\"a\\u{d}\\u{a}\\u{202e}\""),
                arguments(new Amf3XmlDocument("<a>\n"), "xmlDocument\"<a>\\u{a}\""),
                arguments(new Amf3Xml("<a>\n"), "xml\"<a>\\u{a}\""),
                arguments(new Amf3Date(1000), "date(1000.0)"),
                arguments(new Amf3ByteArray(Bytes.copyOf((byte) 1, (byte) 2)), "bytes(2)"),
                arguments(Amf3NumberVector.ofInts(false, 1, -2), "int[1, -2]"),
                arguments(Amf3NumberVector.ofUints(false, 4294967295L), "uint[4294967295]"),
                arguments(Amf3NumberVector.ofDoubles(false, 0.5), "double[0.5]"),
                arguments(Amf3Array.of(), "[]"),
                arguments(Amf3Array.builder().put("a\n", ONE).add(ONE).add(ONE).build(), "[\"a\\u{a}\": 1, 1, 1]"),
                arguments(Amf3Object.builder().build(), "{}"),
                arguments(Amf3Object.builder(traits).addSealed(ONE).put("b", ONE).build(), "\"C\\u{a}\"{\"a\": 1, \"b\": 1}"),
                arguments(Amf3ObjectVector.builder("T\n", false).add(ONE).add(ONE).build(), "vector\"T\\u{a}\"[1, 1]"),
                arguments(Amf3Dictionary.builder(false).add(ONE, Amf3Constant.NULL).add(ONE, ONE).build(), "dictionary{1: null, 1: 1}"),
                arguments(Amf3Array.of(new Amf3Date(0), me.put("me", me.node()).build()), "[date(0.0), {\"me\": reference(2)}]"),
                arguments(Amf3NumberVector.ofInts(false, new int[5000]), "int[" + "0, ".repeat(681) + "0..."));
    }

    @ParameterizedTest
    @MethodSource("printed")
    void isPrintedAsOneShortLine(Amf3Value value, String line) {
        assertEquals(line, value.toString());
        assertEquals("amf3(" + line + ")", line.endsWith("...") ? "amf3(" + line + ")" : new AmfAmf3(value).toString());
    }

    @Test
    void printsNoMoreThanFits() {
        Amf3Array.Builder wide = Amf3Array.builder();
        Amf3Object.Builder object = Amf3Object.builder();
        for (int i = 0; i < 100_000; i++) {
            wide.add(object.node());
            object.put("name" + i, wide.node());
        }
        assertEquals(LogText.MAX_CHARS + 3, wide.build().toString().length());
        assertEquals(LogText.MAX_CHARS + 3, object.build().toString().length());
    }
}
