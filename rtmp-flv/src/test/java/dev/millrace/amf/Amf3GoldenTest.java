package dev.millrace.amf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One table of AMF3 values and their bytes, by hand from AMF 3, section 3: each row is read and written. */
class Amf3GoldenTest {

    private static final Amf3Integer ONE = new Amf3Integer(1);
    private static final Amf3String A = new Amf3String("a");

    private final TrackedBuffers buffers = new TrackedBuffers();

    @AfterEach
    void nothingIsHeld() {
        buffers.close();
    }

    static Stream<Arguments> values() {
        List<Arguments> rows = new ArrayList<>();
        addScalars(rows);
        addLeaves(rows);
        addArrays(rows);
        addObjects(rows);
        addCycles(rows);
        return rows.stream();
    }

    private static void addScalars(List<Arguments> rows) {
        rows.add(arguments("undefined", "00", Amf3Constant.UNDEFINED));
        rows.add(arguments("null", "01", Amf3Constant.NULL));
        rows.add(arguments("false", "02", Amf3Constant.FALSE));
        rows.add(arguments("true", "03", Amf3Constant.TRUE));
        rows.add(arguments("integer 0", "04 00", new Amf3Integer(0)));
        rows.add(arguments("integer 127", "04 7f", new Amf3Integer(127)));
        rows.add(arguments("integer 128", "04 8100", new Amf3Integer(128)));
        rows.add(arguments("integer 16383", "04 ff7f", new Amf3Integer(16383)));
        rows.add(arguments("integer 16384", "04 818000", new Amf3Integer(16384)));
        rows.add(arguments("integer 2097151", "04 ffff7f", new Amf3Integer(2097151)));
        rows.add(arguments("integer 2097152", "04 80c08000", new Amf3Integer(2097152)));
        rows.add(arguments("integer 268435455", "04 bfffffff", new Amf3Integer(268435455)));
        rows.add(arguments("integer -1", "04 ffffffff", new Amf3Integer(-1)));
        rows.add(arguments("integer -268435456", "04 c0808000", new Amf3Integer(-268435456)));
        rows.add(arguments("double", "05 3ff0000000000000", new Amf3Double(1)));
        rows.add(arguments("double -0", "05 8000000000000000", new Amf3Double(-0.0)));
        rows.add(arguments("not a number", "05 7ff8000000000000", new Amf3Double(Double.NaN)));
        rows.add(arguments("string", "06 07 616263", new Amf3String("abc")));
        rows.add(arguments("empty string", "06 01", new Amf3String("")));
        rows.add(arguments("characters of 1 to 4 bytes", "06 15 61 c3a9 e282ac f09f9880", new Amf3String("a\u00e9\u20ac\ud83d\ude00")));
        rows.add(arguments("string of 64 bytes", "06 8101" + "61".repeat(64), new Amf3String("a".repeat(64))));
    }

    private static void addLeaves(List<Arguments> rows) {
        rows.add(arguments("XML document", "07 09 3c612f3e", new Amf3XmlDocument("<a/>")));
        rows.add(arguments("XML", "0b 09 3c612f3e", new Amf3Xml("<a/>")));
        rows.add(arguments("empty XML", "0b 01", new Amf3Xml("")));
        rows.add(arguments("date", "08 01 408f400000000000", new Amf3Date(1000)));
        rows.add(arguments("byte array", "0c 05 0102", new Amf3ByteArray(Bytes.copyOf((byte) 1, (byte) 2))));
        rows.add(arguments("empty byte array", "0c 01", new Amf3ByteArray(Bytes.EMPTY)));
        rows.add(arguments("fixed vector of int", "0d 05 01 00000001 00000002", Amf3NumberVector.ofInts(true, 1, 2)));
        rows.add(arguments("vector of negative int", "0d 05 00 ffffffff 80000000", Amf3NumberVector.ofInts(false, -1, Integer.MIN_VALUE)));
        rows.add(arguments("vector of uint", "0e 05 00 ffffffff 80000000", Amf3NumberVector.ofUints(false, 0xFFFFFFFFL, 0x80000000L)));
        rows.add(arguments("vector of double", "0f 03 01 3fe0000000000000", Amf3NumberVector.ofDoubles(true, 0.5)));
        rows.add(arguments("empty vector of double", "0f 01 00", Amf3NumberVector.ofDoubles(false)));
    }

    private static void addArrays(List<Arguments> rows) {
        rows.add(arguments("empty array", "09 01 01", Amf3Array.of()));
        rows.add(arguments("array of a string and its reference", "09 05 01 06 03 61 06 00", Amf3Array.of(A, A)));
        rows.add(arguments("empty strings are not counted", "09 07 01 06 01 06 03 61 06 00", Amf3Array.of(new Amf3String(""), A, A)));
        rows.add(arguments(
                "array with names",
                "09 03 03 61 02 01 03",
                Amf3Array.builder().put("a", Amf3Constant.FALSE).add(Amf3Constant.TRUE).build()));
        rows.add(arguments(
                "names in the order of the wire",
                "09 01 03 62 00 03 61 01 01",
                Amf3Array.builder().put("b", Amf3Constant.UNDEFINED).put("a", Amf3Constant.NULL).build()));
        rows.add(arguments("dictionary", "11 03 00 06 03 6b 04 01", Amf3Dictionary.builder(false).add(new Amf3String("k"), ONE).build()));
        rows.add(arguments(
                "weak dictionary with equal keys",
                "11 05 01 0a0b0101 02 0a0101 03",
                Amf3Dictionary.builder(true)
                        .add(Amf3Object.builder().build(), Amf3Constant.FALSE)
                        .add(Amf3Object.builder().build(), Amf3Constant.TRUE)
                        .build()));
        rows.add(arguments(
                "vector of objects",
                "10 05 01 03 43 0a 03 00 0a 01",
                Amf3ObjectVector.builder("C", true).add(object("C")).add(object("C")).build()));
        rows.add(arguments("empty vector of objects", "10 01 00 01", Amf3ObjectVector.builder("", false).build()));
    }

    private static void addObjects(List<Arguments> rows) {
        Amf3Traits sealed = new Amf3Traits("C", /* dynamic= */ false, List.of("a", "b"));
        Amf3Traits both = new Amf3Traits("", /* dynamic= */ true, List.of("a"));
        Amf3Integer two = new Amf3Integer(2);
        rows.add(arguments("anonymous dynamic object", "0a 0b 01 03 61 04 01 01", Amf3Object.builder().put("a", ONE).build()));
        rows.add(arguments("object without members", "0a 03 01", object("")));
        rows.add(arguments("sealed object", "0a 23 03 43 03 61 03 62 04 01 04 02", Amf3Object.builder(sealed).addSealed(ONE).addSealed(two).build()));
        rows.add(arguments(
                "sealed and dynamic members",
                "0a 1b 01 03 61 04 01 03 62 04 02 01",
                Amf3Object.builder(both).addSealed(ONE).put("b", two).build()));
        rows.add(arguments(
                "objects of the same traits",
                "09 05 01 0a 1b 01 03 61 04 01 01 0a 01 04 02 01",
                Amf3Array.of(Amf3Object.builder(both).addSealed(ONE).build(), Amf3Object.builder(both).addSealed(two).build())));
        rows.add(arguments(
                "references to the second traits",
                "09 07 01 0a 03 01 0a 03 03 43 0a 05",
                Amf3Array.of(object(""), object("C"), object("C"))));
        rows.add(arguments("sealed member without a name", "0a 13 01 01 01", Amf3Object.builder(new Amf3Traits("", false, List.of("")))
                .addSealed(Amf3Constant.NULL)
                .build()));
    }

    private static void addCycles(List<Arguments> rows) {
        Amf3Object.Builder me = Amf3Object.builder();
        rows.add(arguments("object in itself", "0a 0b 01 05 6d65 0a 00 01", me.put("me", me.node()).build()));

        Amf3Object.Builder outer = Amf3Object.builder();
        Amf3Object inner = Amf3Object.builder().put("b", outer.node()).build();
        rows.add(arguments("two objects in each other", "0a 0b 01 03 61 0a 01 03 62 0a 00 01 01", outer.put("a", inner).build()));

        Amf3Array.Builder array = Amf3Array.builder();
        rows.add(arguments("array in itself", "09 03 03 61 09 00 01 09 00", array.put("a", array.node()).add(array.node()).build()));

        Amf3ObjectVector.Builder vector = Amf3ObjectVector.builder("*", /* fixed= */ false);
        rows.add(arguments("vector in itself", "10 03 00 03 2a 10 00", vector.add(vector.node()).build()));

        Amf3Dictionary.Builder dictionary = Amf3Dictionary.builder(/* weakKeys= */ false);
        rows.add(arguments("dictionary in itself", "11 03 00 11 00 11 00", dictionary.add(dictionary.node(), dictionary.node()).build()));

        Amf3Date date = new Amf3Date(0);
        rows.add(arguments("date twice", "09 05 01 08 01 0000000000000000 08 02", Amf3Array.of(date, date)));
        rows.add(arguments(
                "two dates", "09 05 01 08 01 0000000000000000 08 01 0000000000000000", Amf3Array.of(date, new Amf3Date(0))));
        rows.add(arguments(
                "references to each kind",
                "09 25 01 07 01 0b 01 08 01 0000000000000000 0c 01 0d 01 00 0e 01 00 0f 01 00 10 01 00 01 11 01 00"
                        + "07 02 0b 04 08 06 0c 08 0d 0a 0e 0c 0f 0e 10 10 11 12",
                twiceEachKind()));
    }

    private static Amf3Array twiceEachKind() {
        List<Amf3Value> kinds = List.of(
                new Amf3XmlDocument(""),
                new Amf3Xml(""),
                new Amf3Date(0),
                new Amf3ByteArray(Bytes.EMPTY),
                Amf3NumberVector.ofInts(false),
                Amf3NumberVector.ofUints(false),
                Amf3NumberVector.ofDoubles(false),
                Amf3ObjectVector.builder("", false).build(),
                Amf3Dictionary.builder(false).build());
        Amf3Array.Builder builder = Amf3Array.builder();
        kinds.forEach(builder::add);
        kinds.forEach(builder::add);
        return builder.build();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("values")
    void reads(String name, String wire, Amf3Value value) throws Exception {
        ByteBuf body = buffers.hex(wire + "07"); // what comes after it is left alone
        try {
            Amf3Value read = Amf3Reader.read(body, AmfLimits.DEFAULT);
            assertEquals(value, read);
            assertEquals(value.hashCode(), read.hashCode());
            assertEquals(value.toString(), read.toString());
            assertEquals(0, body.readerIndex());
        } finally {
            body.release();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("values")
    void writes(String name, String wire, Amf3Value value) {
        ByteBuf out = buffers.hex("cafe");
        try {
            Amf3Writer.write(value, out);
            assertEquals("cafe" + wire.replace(" ", ""), ByteBufUtil.hexDump(out));
        } finally {
            out.release();
        }
    }

    /** As {@code equals} is told by the same walk as the writer, the bytes tell the values of this table apart. */
    @Test
    void tellsEachFromTheOthers() {
        List<Object> all = values().map(row -> row.get()[2]).collect(Collectors.toList());
        for (int i = 0; i < all.size(); i++) {
            for (int j = 0; j < all.size(); j++) {
                assertEquals(i == j, all.get(i).equals(all.get(j)), all.get(i) + " and " + all.get(j));
            }
        }
    }

    @Test
    void hasARowForEveryKind() {
        Set<Object> seen = values().map(row -> row.get()[2].getClass()).collect(Collectors.toSet());
        List<Class<?>> kinds = Stream.of(Amf3Value.class, Amf3Complex.class, Amf3Container.class)
                .flatMap(type -> Arrays.stream(type.getPermittedSubclasses()))
                .filter(type -> !type.isSealed())
                .collect(Collectors.toList());
        assertEquals(13, kinds.size());
        assertEquals(Set.copyOf(kinds), seen);
    }

    private static Amf3Object object(String className) {
        return Amf3Object.builder(new Amf3Traits(className, /* dynamic= */ false, List.of())).build();
    }
}
