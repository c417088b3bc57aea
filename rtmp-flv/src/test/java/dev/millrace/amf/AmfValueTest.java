package dev.millrace.amf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmfValueTest {

    private static final Map<String, AmfValue> PROPERTIES = AmfObject.builder()
            .put("text", "a")
            .put("number", 2.5)
            .put("truth", true)
            .put("none", AmfConstant.NULL)
            .build()
            .properties();

    static List<AmfProperties> kinds() {
        return List.of(AmfObject.of(PROPERTIES), AmfEcmaArray.of(PROPERTIES), AmfTypedObject.of("C", PROPERTIES));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void givesPropertiesByNameAndKind(AmfProperties value) {
        assertEquals(Optional.of(new AmfString("a")), value.get("text"));
        assertEquals(Optional.of(AmfConstant.NULL), value.get("none"));
        assertEquals(Optional.empty(), value.get("Text"));
        assertEquals(Optional.of("a"), value.string("text"));
        assertEquals(OptionalDouble.of(2.5), value.number("number"));
        assertEquals(Optional.of(true), value.bool("truth"));
        for (String other : List.of("none", "missing")) {
            assertEquals(Optional.empty(), value.string(other));
            assertEquals(OptionalDouble.empty(), value.number(other));
            assertEquals(Optional.empty(), value.bool(other));
        }
        assertEquals(Optional.empty(), value.string("number"));
        assertEquals(OptionalDouble.empty(), value.number("text"));
        assertEquals(Optional.empty(), value.bool("number"));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void keepsTheOrderAndCannotBeChanged(AmfProperties value) {
        assertEquals(List.of("text", "number", "truth", "none"), List.copyOf(value.properties().keySet()));
        assertThrows(UnsupportedOperationException.class, () -> value.properties().put("a", AmfConstant.NULL));
        assertThrows(UnsupportedOperationException.class, () -> value.properties().remove("text"));
    }

    @Test
    void copiesWhatItIsMadeOf() {
        Map<String, AmfValue> map = new LinkedHashMap<>(PROPERTIES);
        List<AmfValue> list = new ArrayList<>(List.of(AmfConstant.NULL));
        AmfObject object = AmfObject.of(map);
        AmfStrictArray array = new AmfStrictArray(list);
        map.clear();
        list.clear();
        assertEquals(4, object.properties().size());
        assertEquals(1, array.values().size());
        assertThrows(UnsupportedOperationException.class, () -> array.values().clear());
    }

    @Test
    void buildsAgainWithoutChangingWhatWasBuilt() {
        AmfProperties.Builder<AmfObject> builder = AmfObject.builder().put("a", 1).put("b", 2);
        AmfObject first = builder.build();
        AmfObject second = builder.put("a", 3).put("c", 4).build();
        assertEquals("{\"a\": 1.0, \"b\": 2.0}", first.toString());
        assertEquals("{\"a\": 3.0, \"b\": 2.0, \"c\": 4.0}", second.toString());
    }

    @Test
    void refusesNull() {
        assertThrows(NullPointerException.class, () -> new AmfString(null));
        assertThrows(NullPointerException.class, () -> new AmfXmlDocument(null));
        assertThrows(NullPointerException.class, () -> AmfObject.of(Collections.singletonMap("a", null)));
        assertThrows(NullPointerException.class, () -> AmfObject.of(Collections.singletonMap(null, AmfConstant.NULL)));
        assertThrows(NullPointerException.class, () -> AmfTypedObject.of(null, Map.of()));
        assertThrows(NullPointerException.class, () -> AmfObject.builder().put(null, 1));
        assertThrows(NullPointerException.class, () -> AmfObject.builder().put("a", (AmfValue) null));
        assertThrows(NullPointerException.class, () -> AmfObject.builder().put("a", (String) null));
    }

    @Test
    void isEqualByContentAndKind() {
        Map<String, AmfValue> reversed = new LinkedHashMap<>();
        List<String> names = new ArrayList<>(PROPERTIES.keySet());
        Collections.reverse(names);
        names.forEach(name -> reversed.put(name, PROPERTIES.get(name)));
        assertEquals(AmfObject.of(PROPERTIES), AmfObject.of(reversed));
        assertEquals(AmfObject.of(PROPERTIES).hashCode(), AmfObject.of(reversed).hashCode());
        assertEquals(AmfTypedObject.of("C", PROPERTIES), AmfTypedObject.of("C", reversed));
        assertEquals(AmfTypedObject.of("C", PROPERTIES).hashCode(), AmfTypedObject.of("C", reversed).hashCode());
        assertEquals(new AmfStrictArray(List.of(AmfConstant.NULL)).hashCode(), new AmfStrictArray(List.of(AmfConstant.NULL)).hashCode());

        assertNotEquals(AmfObject.of(PROPERTIES), AmfObject.of(Map.of()));
        assertNotEquals(AmfObject.of(PROPERTIES), AmfEcmaArray.of(PROPERTIES));
        assertNotEquals(AmfEcmaArray.of(PROPERTIES), AmfEcmaArray.of(Map.of()));
        assertNotEquals(AmfTypedObject.of("C", PROPERTIES), AmfTypedObject.of("D", PROPERTIES));
        assertNotEquals(AmfTypedObject.of("C", PROPERTIES), AmfTypedObject.of("C", Map.of()));
        assertNotEquals(new AmfStrictArray(List.of()), new AmfStrictArray(List.of(AmfConstant.NULL)));
        assertNotEquals(new AmfStrictArray(List.of(AmfConstant.UNDEFINED)), new AmfStrictArray(List.of(AmfConstant.NULL)));
    }

    static List<UnaryOperator<AmfValue>> containers() {
        return List.of(
                member -> AmfObject.builder().put("a", member).build(),
                member -> AmfEcmaArray.builder().put("a", member).build(),
                member -> AmfTypedObject.of("C", Map.of("a", member)),
                member -> new AmfStrictArray(List.of(AmfConstant.NULL, member)));
    }

    @ParameterizedTest
    @MethodSource("containers")
    void cannotBeBuiltTooDeep(UnaryOperator<AmfValue> around) {
        AmfValue value = AmfConstant.NULL;
        for (int i = 0; i < AmfValue.MAX_DEPTH; i++) {
            value = around.apply(value);
        }
        AmfValue deepest = value;
        assertTrue(deepest.toString().length() <= LogText.MAX_CHARS + "...".length());
        assertEquals(deepest, deepest);
        for (UnaryOperator<AmfValue> another : containers()) {
            IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> another.apply(deepest));
            assertTrue(e.getMessage().contains("deeper than 256"), e.getMessage());
        }
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                arguments(new AmfNumber(-1), "-1.0"),
                arguments(new AmfNumber(Double.NaN), "NaN"),
                arguments(new AmfBoolean(true), "true"),
                arguments(AmfConstant.NULL, "null"),
                arguments(AmfConstant.UNDEFINED, "undefined"),
                arguments(AmfConstant.UNSUPPORTED, "unsupported"),
                arguments(new AmfDate(1000, -60), "date(1000.0 -60)"),
                arguments(new AmfReference(7), "reference(7)"),
                arguments(new AmfXmlDocument("<a>\n"), "xml\"<a>\\u{a}\""),
                arguments(new AmfStrictArray(List.of()), "[]"),
                arguments(new AmfStrictArray(List.of(AmfConstant.NULL, AmfConstant.NULL)), "[null, null]"),
                arguments(AmfObject.builder().build(), "{}"),
                arguments(AmfObject.builder().put("a\n", "b").put("c", 1).build(), "{\"a\\u{a}\": \"b\", \"c\": 1.0}"),
                arguments(AmfEcmaArray.builder().put("a", "b").build(), "ecma{\"a\": \"b\"}"),
                arguments(AmfTypedObject.of("C\r", Map.of()), "\"C\\u{d}\"{}"),
                arguments(new AmfString("caf\u00e9 \u6771\u4eac \ud83d\ude00"), "\"caf\u00e9 \u6771\u4eac \ud83d\ude00\""),
                arguments(new AmfString("a\"b\\c"), "\"a\\\"b\\\\c\""),
                arguments(new AmfString("\r\n\u001b[31m\0\u007f\u0085"), "\"\\u{d}\\u{a}\\u{1b}[31m\\u{0}\\u{7f}\\u{85}\""),
                arguments(new AmfString("\u2028\u2029\u202e\u200b"), "\"\\u{2028}\\u{2029}\\u{202e}\\u{200b}\""),
                arguments(new AmfString("\ud800a\udc00\ue000\uffff"), "\"\\u{d800}a\\u{dc00}\\u{e000}\\u{ffff}\""));
    }

    @ParameterizedTest
    @MethodSource
    void texts(AmfValue value, String text) {
        assertEquals(text, value.toString());
    }

    static List<AmfValue> longValues() {
        AmfValue shared = new AmfString("a".repeat(100));
        for (int i = 0; i < 100; i++) { // 2^100 strings, if one were to print them all
            shared = new AmfStrictArray(List.of(shared, shared));
        }
        AmfProperties.Builder<AmfObject> properties = AmfObject.builder();
        for (int i = 0; i < 5000; i++) {
            properties.put("name " + i, i);
        }
        return List.of(
                new AmfString("a".repeat(100_000)),
                AmfObject.builder().put("\n".repeat(100_000), 1).build(),
                properties.build(),
                new AmfStrictArray(Collections.nCopies(5000, AmfConstant.NULL)),
                shared);
    }

    @ParameterizedTest
    @MethodSource("longValues")
    void cutsALongText(AmfValue value) {
        assertEquals(LogText.MAX_CHARS + 3, value.toString().length());
        assertTrue(value.toString().endsWith("..."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a"})
    void cutsBetweenCharacters(String before) {
        String printed = new AmfString(before + "\ud83d\ude00".repeat(5000)).toString();
        assertTrue(printed.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF), printed);
        assertTrue(printed.endsWith("\ud83d\ude00..."), printed);
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 1", "257, 1, 1", "1, 0, 1", "1, 1, 0", "-1, 1, 1"})
    void refusesLimitsOutOfRange(int maxDepth, int maxValues, int maxStringBytes) {
        assertThrows(IllegalArgumentException.class, () -> new AmfLimits(maxDepth, maxValues, maxStringBytes));
    }

    @Test
    void refusesWhatDoesNotFit16Bits() {
        assertThrows(IllegalArgumentException.class, () -> new AmfDate(0, 32768));
        assertThrows(IllegalArgumentException.class, () -> new AmfDate(0, -32769));
        assertThrows(IllegalArgumentException.class, () -> new AmfReference(-1));
        assertThrows(IllegalArgumentException.class, () -> new AmfReference(65536));
        assertEquals(65535, new AmfReference(65535).index());
        assertEquals(-32768, new AmfDate(0, -32768).timeZoneMinutes());
    }
}
