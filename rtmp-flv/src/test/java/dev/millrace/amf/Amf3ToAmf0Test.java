package dev.millrace.amf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.media.Bytes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Amf3ToAmf0Test {

    private static AmfValue converted(Amf3Value value) {
        return new AmfAmf3(value).toAmf0(AmfLimits.DEFAULT);
    }

    @Test
    void saysTheSameOfSimpleValues() {
        assertEquals(AmfNull.INSTANCE, converted(Amf3Constant.NULL));
        assertEquals(AmfUndefined.INSTANCE, converted(Amf3Constant.UNDEFINED));
        assertEquals(new AmfBoolean(true), converted(Amf3Constant.TRUE));
        assertEquals(new AmfBoolean(false), converted(Amf3Constant.FALSE));
        assertEquals(new AmfNumber(-5), converted(new Amf3Integer(-5)));
        assertEquals(new AmfNumber(0.5), converted(new Amf3Double(0.5)));
        assertEquals(new AmfString("x"), converted(new Amf3String("x")));
        assertEquals(new AmfDate(7, 0), converted(new Amf3Date(7)));
        assertEquals(new AmfXmlDocument("<a/>"), converted(new Amf3Xml("<a/>")));
        assertEquals(new AmfXmlDocument("<a/>"), converted(new Amf3XmlDocument("<a/>")));
        assertEquals(AmfUnsupported.INSTANCE, converted(new Amf3ByteArray(Bytes.EMPTY)));
    }

    @Test
    void objectsKeepTheirNamesAndOrder() {
        Amf3Traits traits = new Amf3Traits("", /* dynamic= */ true, List.of("app"));
        Amf3Object object = Amf3Object.builder(traits).addSealed(new Amf3String("live")).put("n", new Amf3Integer(3)).build();
        AmfProperties properties = (AmfProperties) converted(object);
        assertEquals(List.of("app", "n"), List.copyOf(properties.properties().keySet()));
        assertEquals("live", properties.string("app").orElseThrow());
        Amf3Traits named = new Amf3Traits("a.B", /* dynamic= */ true, List.of());
        assertEquals(AmfTypedObject.of("a.B", Map.of()), converted(Amf3Object.builder(named).build()));
    }

    @Test
    void arraysAreStrictUnlessTheyHaveNames() {
        assertEquals(new AmfStrictArray(List.of(new AmfNumber(1))), converted(Amf3Array.of(new Amf3Integer(1))));
        assertEquals(
                AmfEcmaArray.of(Map.of("a", new AmfNumber(1), "0", new AmfNumber(2))),
                converted(Amf3Array.builder().put("a", new Amf3Integer(1)).add(new Amf3Integer(2)).build()));
        assertEquals(
                new AmfStrictArray(List.of(new AmfNumber(1), new AmfNumber(2))), converted(Amf3NumberVector.ofInts(false, 1, 2)));
    }

    @Test
    void whatContainsItselfIsCutOff() {
        Amf3Object.Builder builder = Amf3Object.builder();
        Amf3Object self = builder.put("me", builder.node()).build();
        AmfValue value = converted(self);
        int depth = 0;
        while (value instanceof AmfProperties properties) {
            value = properties.get("me").orElseThrow();
            depth++;
        }
        assertEquals(AmfLimits.DEFAULT.maxDepth(), depth);
        assertEquals(AmfUnsupported.INSTANCE, value);
    }

    @Test
    void whatIsSharedDoesNotGrowWithoutBound() {
        Amf3Value shared = Amf3Array.of(Amf3Constant.NULL);
        for (int i = 0; i < 30; i++) {
            shared = Amf3Array.of(shared, shared);
        }
        assertTrue(count(converted(shared)) <= AmfLimits.DEFAULT.maxValues());
    }

    private static int count(AmfValue value) {
        return value instanceof AmfStrictArray array ? 1 + array.values().stream().mapToInt(Amf3ToAmf0Test::count).sum() : 1;
    }
}
