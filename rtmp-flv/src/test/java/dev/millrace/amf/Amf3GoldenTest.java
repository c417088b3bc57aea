package dev.millrace.amf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** AMF3 bytes, written by hand from AMF 3, section 3, and the values that they are read as. */
class Amf3GoldenTest {

    private static final AmfValue ONE = new AmfNumber(1);
    private static final AmfValue TWO = new AmfNumber(2);
    private static final AmfValue A = new AmfString("a");
    private static final AmfValue EMPTY = new AmfString("");
    private static final AmfValue FALSE = new AmfBoolean(false);
    private static final AmfValue TRUE = new AmfBoolean(true);

    static Stream<Arguments> values() {
        List<Arguments> rows = new ArrayList<>();
        addScalars(rows);
        addLeaves(rows);
        addArrays(rows);
        addDictionaries(rows);
        addObjects(rows);
        addReferences(rows);
        addCycles(rows);
        return rows.stream();
    }

    private static void addScalars(List<Arguments> rows) {
        rows.add(arguments("undefined", "00", AmfConstant.UNDEFINED));
        rows.add(arguments("null", "01", AmfConstant.NULL));
        rows.add(arguments("false", "02", FALSE));
        rows.add(arguments("true", "03", TRUE));
        rows.add(arguments("integer 0", "04 00", new AmfNumber(0)));
        rows.add(arguments("integer 127", "04 7f", new AmfNumber(127)));
        rows.add(arguments("integer 128", "04 8100", new AmfNumber(128)));
        rows.add(arguments("integer 16383", "04 ff7f", new AmfNumber(16383)));
        rows.add(arguments("integer 16384", "04 818000", new AmfNumber(16384)));
        rows.add(arguments("integer 2097151", "04 ffff7f", new AmfNumber(2097151)));
        rows.add(arguments("integer 2097152", "04 80c08000", new AmfNumber(2097152)));
        rows.add(arguments("integer 268435455", "04 bfffffff", new AmfNumber(268435455)));
        rows.add(arguments("integer -1", "04 ffffffff", new AmfNumber(-1)));
        rows.add(arguments("integer -268435456", "04 c0808000", new AmfNumber(-268435456)));
        rows.add(arguments("double", "05 3ff0000000000000", ONE));
        rows.add(arguments("double -0", "05 8000000000000000", new AmfNumber(-0.0)));
        rows.add(arguments("not a number", "05 7ff8000000000000", new AmfNumber(Double.NaN)));
        rows.add(arguments("string", "06 07 616263", new AmfString("abc")));
        rows.add(arguments("empty string", "06 01", EMPTY));
        rows.add(arguments("characters of 1 to 4 bytes", "06 15 61 c3a9 e282ac f09f9880", new AmfString("a\u00e9\u20ac\ud83d\ude00")));
        rows.add(arguments("string of 64 bytes", "06 8101" + "61".repeat(64), new AmfString("a".repeat(64))));
        rows.add(arguments("bytes that are not UTF-8", "06 05 ff61", new AmfString("\ufffda")));
    }

    private static void addLeaves(List<Arguments> rows) {
        rows.add(arguments("XML document", "07 09 3c612f3e", new AmfXmlDocument("<a/>")));
        rows.add(arguments("XML", "0b 09 3c612f3e", new AmfXmlDocument("<a/>")));
        rows.add(arguments("empty XML", "0b 01", new AmfXmlDocument("")));
        rows.add(arguments("date", "08 01 408f400000000000", new AmfDate(1000, 0)));
        rows.add(arguments("byte array", "0c 05 0102", AmfConstant.UNSUPPORTED));
        rows.add(arguments("empty byte array", "0c 01", AmfConstant.UNSUPPORTED));
        rows.add(arguments("fixed vector of int", "0d 05 01 00000001 00000002", strict(ONE, TWO)));
        rows.add(arguments(
                "vector of negative int", "0d 05 00 ffffffff 80000000", strict(new AmfNumber(-1), new AmfNumber(Integer.MIN_VALUE))));
        rows.add(arguments(
                "vector of uint", "0e 05 00 ffffffff 80000000", strict(new AmfNumber(4294967295.0), new AmfNumber(2147483648.0))));
        rows.add(arguments("vector of double", "0f 03 01 3fe0000000000000", strict(new AmfNumber(0.5))));
        rows.add(arguments("empty vector of double", "0f 01 00", strict()));
    }

    private static void addArrays(List<Arguments> rows) {
        rows.add(arguments("empty array", "09 01 01", strict()));
        rows.add(arguments("array of a string and its reference", "09 05 01 06 03 61 06 00", strict(A, A)));
        rows.add(arguments("empty strings are not counted", "09 07 01 06 01 06 03 61 06 00", strict(EMPTY, A, A)));
        rows.add(arguments(
                "array with names",
                "09 03 03 61 02 01 03",
                AmfEcmaArray.builder().put("a", false).put("0", true).build()));
        rows.add(arguments(
                "names in the order of the wire",
                "09 01 03 62 00 03 61 01 01",
                AmfEcmaArray.builder().put("b", AmfConstant.UNDEFINED).put("a", AmfConstant.NULL).build()));
        rows.add(arguments("vector of objects", "10 05 01 03 43 0a 03 00 0a 01", strict(typed("C", Map.of()), typed("C", Map.of()))));
        rows.add(arguments("empty vector of objects", "10 01 00 01", strict()));
    }

    private static void addDictionaries(List<Arguments> rows) {
        rows.add(arguments("dictionary", "11 03 00 06 03 6b 04 01", AmfEcmaArray.of(Map.of("k", ONE))));
        rows.add(arguments("weak dictionary with equal keys", "11 05 01 06 03 6b 02 06 00 03", AmfEcmaArray.of(Map.of("k", TRUE))));
        rows.add(arguments("empty dictionary", "11 01 00", AmfEcmaArray.of(Map.of())));
        rows.add(arguments("dictionary of objects", "11 05 01 0a0b0101 02 0a0101 03", AmfConstant.UNSUPPORTED));
        rows.add(arguments("dictionary of a number and a string", "11 05 00 04 01 02 06 03 6b 03", AmfConstant.UNSUPPORTED));
    }

    private static void addObjects(List<Arguments> rows) {
        rows.add(arguments("anonymous dynamic object", "0a 0b 01 03 61 04 01 01", object("a", ONE)));
        rows.add(arguments("object without members", "0a 03 01", AmfObject.of(Map.of())));
        rows.add(arguments(
                "sealed object", "0a 23 03 43 03 61 03 62 04 01 04 02", typed("C", Map.of("a", ONE, "b", TWO))));
        rows.add(arguments(
                "sealed and dynamic members",
                "0a 1b 01 03 61 04 01 03 62 04 02 01",
                AmfObject.builder().put("a", 1).put("b", 2).build()));
        rows.add(arguments("dynamic member with the name of a sealed one", "0a 1b 01 03 61 04 01 00 04 02 01", object("a", TWO)));
        rows.add(arguments(
                "objects of the same traits",
                "09 05 01 0a 1b 01 03 61 04 01 01 0a 01 04 02 01",
                strict(object("a", ONE), object("a", TWO))));
        rows.add(arguments(
                "sealed objects of the same traits",
                "09 05 01 0a 13 03 43 03 61 04 01 0a 01 04 02",
                strict(typed("C", Map.of("a", ONE)), typed("C", Map.of("a", TWO)))));
        rows.add(arguments(
                "dynamic objects of the same traits",
                "09 05 01 0a 0b 01 01 0a 01 03 61 02 01",
                strict(AmfObject.of(Map.of()), object("a", FALSE))));
        rows.add(arguments(
                "references to the second traits",
                "09 07 01 0a 03 01 0a 03 03 43 0a 05",
                strict(AmfObject.of(Map.of()), typed("C", Map.of()), typed("C", Map.of()))));
        rows.add(arguments("sealed member without a name", "0a 13 01 01 01", object("", AmfConstant.NULL)));
    }

    private static void addReferences(List<Arguments> rows) {
        rows.add(arguments("array and a reference to the one before", "09 05 01 09 01 01 09 02", strict(strict(), strict())));
        rows.add(arguments(
                "date twice", "09 05 01 08 01 408f400000000000 08 02", strict(new AmfDate(1000, 0), new AmfDate(1000, 0))));
        rows.add(arguments(
                "two dates",
                "09 07 01 08 01 408f400000000000 08 01 0000000000000000 08 04",
                strict(new AmfDate(1000, 0), new AmfDate(0, 0), new AmfDate(0, 0))));
        AmfValue[] kinds = {
            new AmfXmlDocument(""),
            new AmfXmlDocument("a"),
            new AmfDate(0, 0),
            AmfConstant.UNSUPPORTED,
            strict(),
            strict(ONE),
            strict(new AmfNumber(0)),
            strict(EMPTY),
            AmfEcmaArray.of(Map.of())
        };
        rows.add(arguments(
                "references to each kind",
                "09 25 01 07 01 0b 03 61 08 01 0000000000000000 0c 01 0d 01 00 0e 03 00 00000001 0f 03 00 0000000000000000"
                        + "10 03 00 01 06 01 11 01 00 07 02 0b 04 08 06 0c 08 0d 0a 0e 0c 0f 0e 10 10 11 12",
                strict(Stream.concat(Stream.of(kinds), Stream.of(kinds)).toArray(AmfValue[]::new))));
        AmfValue empty = AmfObject.of(Map.of());
        rows.add(arguments("references by another marker", "09 07 01 0a 03 01 09 02 11 02", strict(empty, empty, empty)));
    }

    private static void addCycles(List<Arguments> rows) {
        AmfValue self = AmfConstant.UNSUPPORTED;
        rows.add(arguments("object in itself", "0a 0b 01 05 6d65 0a 00 01", object("me", self)));
        rows.add(arguments("two objects in each other", "0a 0b 01 03 61 0a 01 03 62 0a 00 01 01", object("a", object("b", self))));
        rows.add(arguments("array in itself", "09 03 01 09 00", strict(self)));
        rows.add(arguments("array with names in itself", "09 03 03 61 09 00 01 09 00", AmfEcmaArray.builder().put("a", self).put("0", self).build()));
        rows.add(arguments("vector in itself", "10 03 00 03 2a 10 00", strict(self)));
        rows.add(arguments("dictionary in itself", "11 03 00 06 03 61 11 00", AmfEcmaArray.of(Map.of("a", self))));
        rows.add(arguments("dictionary as its own key", "11 03 00 11 00 11 00", self));
        rows.add(arguments(
                "object that was in itself, again",
                "09 05 01 0a 0b 01 05 6d65 0a 02 01 0a 02",
                strict(object("me", self), object("me", self))));
        rows.add(arguments(
                "references by each kind to the array around them",
                "09 13 01 07 00 08 00 09 00 0a 00 0b 00 0c 00 0d 00 10 00 11 00",
                strict(self, self, self, self, self, self, self, self, self)));
    }

    /** An AMF0 null follows, which is found only if the end of the AMF3 value is. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("values")
    void reads(String name, String wire, AmfValue value) throws Exception {
        List<AmfValue> read = AmfWire.read("11" + wire + "05");
        assertEquals(List.of(value, AmfConstant.NULL), read);
        assertEquals(value.toString(), read.get(0).toString()); // also the order of members
    }

    @Test
    void hasARowForEveryMarker() {
        assertEquals(
                IntStream.rangeClosed(0, 0x11).boxed().toList(),
                List.copyOf(values()
                        .map(row -> Integer.parseInt(((String) row.get()[1]).substring(0, 2), 16))
                        .collect(Collectors.toCollection(TreeSet::new))));
    }

    private static AmfValue strict(AmfValue... values) {
        return new AmfStrictArray(List.of(values));
    }

    private static AmfValue object(String name, AmfValue value) {
        return AmfObject.of(Map.of(name, value));
    }

    private static AmfValue typed(String className, Map<String, AmfValue> properties) {
        return AmfTypedObject.of(className, new TreeMap<>(properties));
    }
}
