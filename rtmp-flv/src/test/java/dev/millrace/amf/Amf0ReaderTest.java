package dev.millrace.amf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.MalformedException;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the reader bears and what it refuses. The bytes of well-formed values are in {@link AmfGoldenTest}. */
class Amf0ReaderTest {

    private static final AmfObject A_IS_NULL = object("a", AmfConstant.NULL);

    private final TrackedBuffers buffers = new TrackedBuffers();

    @AfterEach
    void nothingIsHeld() {
        buffers.close();
    }

    static Stream<Arguments> irregular() {
        AmfEcmaArray array = AmfEcmaArray.of(A_IS_NULL.properties());
        return Stream.of(
                arguments("nothing at all", "", List.of()),
                arguments("boolean that is not 0 or 1", "01 80", List.of(new AmfBoolean(true))),
                arguments("short text as long string", "0c 00000001 61", List.of(new AmfString("a"))),
                arguments("ECMA array that counts 0", "08 00000000 0001 61 05 000009", List.of(array)),
                arguments("ECMA array that counts 2^32-1", "08 ffffffff 0001 61 05 000009", List.of(array)),
                arguments("ECMA array without end", "08 00000001 0001 61 05", List.of(array)),
                arguments("empty ECMA array without end", "08 00000000", List.of(AmfEcmaArray.builder().build())),
                arguments("object without end", "03 0001 61 05", List.of(A_IS_NULL)),
                arguments("typed object without end", "10 0001 43 0001 61 05", List.of(AmfTypedObject.of("C", A_IS_NULL.properties()))),
                arguments("neither of two has an end", "03 0001 62 03 0001 61 05", List.of(object("b", A_IS_NULL))),
                arguments("empty name", "03 0000 02 0001 61 000009", List.of(object("", new AmfString("a")))),
                arguments("name twice", "03 0001 61 06 0001 61 05 000009", List.of(A_IS_NULL)),
                arguments("reference to the object around it", "03 0001 61 07 0000 000009", List.of(object("a", new AmfReference(0)))),
                arguments("not UTF-8", "02 0003 61ff62", List.of(new AmfString("a\ufffdb"))),
                arguments("UTF-8 cut short", "02 0002 e282", List.of(new AmfString("\ufffd"))),
                arguments("surrogate in UTF-8", "02 0003 eda080", List.of(new AmfString("\ufffd"))),
                arguments("name that is not UTF-8", "03 0001 ff 05 000009", List.of(object("\ufffd", AmfConstant.NULL))),
                arguments("unknown marker behind a value", "05 12 0000", List.of(AmfConstant.NULL)),
                arguments("marker 255 behind a value", "05 ff", List.of(AmfConstant.NULL)),
                arguments("object end behind a value", "05 09 01", List.of(AmfConstant.NULL)),
                arguments("empty name and object end behind the last value", "05 000009", List.of(AmfConstant.NULL)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void irregular(String name, String wire, List<AmfValue> values) throws Exception {
        assertEquals(values, AmfWire.read(wire));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            no value but unknown marker,          12,                           AMF0 marker 18 is not 0 to 17
            no value but object end,              09,                           object end where a value is wanted
            no value but object end with name,    00 0009,                      AMF0 number of 8 bytes with 2 left
            movie clip,                           04,                           reserved AMF0 marker 4
            record set,                           0e,                           reserved AMF0 marker 14
            reserved marker behind a value,       05 0e,                        reserved AMF0 marker 14
            unknown marker in an object,          03 0001 61 12 000009,         AMF0 marker 18 is not 0 to 17
            object end as a value,                03 0001 61 09,                object end where a value is wanted
            object end in a strict array,         0a 00000001 09,               object end where a value is wanted
            number cut short,                     00 3ff00000000000,            AMF0 number of 8 bytes with 7 left
            boolean cut short,                    01,                           AMF0 boolean of 1 bytes with 0 left
            string's length cut short,            02 00,                        AMF0 string of 2 bytes with 1 left
            string cut short,                     02 0002 61,                   AMF0 string of 2 bytes with 1 left
            long string's length cut short,       0c 000000,                    AMF0 long string of 4 bytes with 3 left
            long string cut short,                0c 00000002 61,               AMF0 long string of 2 bytes with 1 left
            long string of 2^32-1 bytes,          0c ffffffff 61,               AMF0 long string of 4294967295 bytes exceeds 65536
            XML of 2^32-1 bytes,                  0f ffffffff 61,               AMF0 XML document of 4294967295 bytes exceeds 65536
            name's length cut short,              03 00,                        AMF0 property name of 2 bytes with 1 left
            name cut short,                       03 ffff 61,                   AMF0 property name of 65535 bytes with 1 left
            value missing,                        03 0001 61,                   AMF0 marker of 1 bytes with 0 left
            empty name and nothing more,          03 0000,                      AMF0 marker of 1 bytes with 0 left
            ECMA array's count cut short,         08 000000,                    AMF0 ECMA array count of 4 bytes with 3 left
            ECMA array's value cut short,         08 00000000 0001 61 02 00,    AMF0 string of 2 bytes with 1 left
            class name cut short,                 10 0002 43,                   AMF0 class name of 2 bytes with 1 left
            strict array's count cut short,       0a 000000,                    AMF0 strict array count of 4 bytes with 3 left
            strict array of 2^32-1,               0a ffffffff 0505050505,       AMF0 strict array of 4294967295 with 5 bytes left
            strict array of one too many,         0a 00000003 0505,             AMF0 strict array of 3 with 2 bytes left
            date cut short,                       0b 0000000000000000 00,       AMF0 time zone of 2 bytes with 1 left
            reference cut short,                  07 00,                        AMF0 reference of 2 bytes with 1 left
            reference before any object,          07 0000,                      AMF0 reference to 0 after 0
            reference to a later object,          07 0000 03 000009,            AMF0 reference to 0 after 0
            reference beyond the objects,         03 000009 07 0001,            AMF0 reference to 1 after 1
            reference to 65535,                   03 000009 07 ffff,            AMF0 reference to 65535 after 1
            reference to a date,                  0b 0000000000000000 0000 07 0000, AMF0 reference to 0 after 0
            AMF3 and nothing more,                11,                           AMF3 marker of 1 bytes with 0 left
            """)
    void refuses(String name, String wire, String reason) {
        MalformedException e = assertThrows(MalformedException.class, () -> AmfWire.read(wire));
        assertTrue(e.getMessage().contains(reason), e.getMessage());
    }

    /** U+FFFD has three bytes where one was wrong, and what is read can always be written. */
    @ParameterizedTest
    @ValueSource(strings = {"03", "08 00000000", "10"})
    void refusesANameThatCouldNotBeWrittenAgain(String opening) throws Exception {
        List<AmfValue> values = AmfWire.read(opening + "5555" + "ff".repeat(0x5555) + (opening.equals("10") ? "" : "05"));
        AmfWire.write(values);
        MalformedException e = assertThrows(MalformedException.class, () -> AmfWire.read(opening + "5556" + "ff".repeat(0x5556) + "05"));
        assertTrue(e.getMessage().contains("of 65538 bytes in UTF-8 exceeds 65535"), e.getMessage());
    }

    /** Each row is what opens one more level, as hostile senders repeat it without end. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            object,                  03 0001 61
            object with empty name,  03 0000
            ECMA array,              08 00000000 0001 61
            typed object,            10 0001 43 0001 61
            strict array,            0a 00000001
            strict array in object,  03 0001 61 0a 00000001
            """)
    void refusesToGoDeeperThanTheLimit(String name, String opening) throws Exception {
        AmfLimits limits = new AmfLimits(/* maxDepth= */ 32, /* maxValues= */ 1 << 20, /* maxStringBytes= */ 1 << 16);
        int levels = name.contains(" in ") ? 2 : 1;
        assertEquals(1, AmfWire.read(opening.repeat(32 / levels) + "05", limits).size());
        for (String wire : List.of(opening.repeat(32 / levels) + "03000009", opening.repeat(100_000))) {
            MalformedException e = assertThrows(MalformedException.class, () -> AmfWire.read(wire, limits));
            assertTrue(e.getMessage().contains("nested deeper than 32"), e.getMessage());
        }
    }

    /** The shape of the flvmeta report: 70000 strict arrays, each of one. */
    @Test
    void readsAsDeepAsAValueCanBeAndNoDeeper() throws Exception {
        AmfLimits limits = new AmfLimits(AmfValue.MAX_DEPTH, /* maxValues= */ 1 << 20, /* maxStringBytes= */ 1 << 16);
        assertEquals(1, AmfWire.read("0a 00000001".repeat(AmfValue.MAX_DEPTH) + "05", limits).size());
        MalformedException e = assertThrows(MalformedException.class, () -> AmfWire.read("0a 00000001".repeat(70_000) + "05", limits));
        assertTrue(e.getMessage().contains("nested deeper than 256"), e.getMessage());
    }

    @Test
    void countsDepthAnewForEachValue() throws Exception {
        AmfLimits limits = new AmfLimits(/* maxDepth= */ 1, /* maxValues= */ 10, /* maxStringBytes= */ 10);
        assertEquals(3, AmfWire.read("03000009 03000009 0a00000000", limits).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "05 05 05 05",
        "0a 00000003 050505",
        "03 0001 61 05 0001 62 05 0001 63 05 000009",
        "08 00000000 0001 61 05 0001 61 05 0001 61 05"
    })
    void takesAllValuesOfAMessageOutOfOneBudget(String wire) throws Exception {
        AmfWire.read(wire, new AmfLimits(/* maxDepth= */ 1, /* maxValues= */ 4, /* maxStringBytes= */ 10));
        MalformedException e = assertThrows(MalformedException.class, () -> AmfWire.read(wire, new AmfLimits(1, 3, 10)));
        assertTrue(e.getMessage().contains("3 AMF values"), e.getMessage());
    }

    @Test
    void refusesACountBeyondTheBudgetBeforeItReadsOn() {
        MalformedException e = assertThrows(MalformedException.class, () -> AmfWire.read("0a 00001000" + "05".repeat(4096)));
        assertEquals("AMF0 strict array of 4096 exceeds 4096 AMF values", e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"02 0004 61626364", "0c 00000004 61626364", "0f 00000004 61626364", "03 0004 61626364 05", "10 0004 61626364"})
    void boundsEachText(String wire) throws Exception {
        AmfWire.read(wire, new AmfLimits(/* maxDepth= */ 1, /* maxValues= */ 4, /* maxStringBytes= */ 4));
        MalformedException e = assertThrows(MalformedException.class, () -> AmfWire.read(wire, new AmfLimits(1, 4, 3)));
        assertTrue(e.getMessage().contains("of 4 bytes exceeds 3"), e.getMessage());
    }

    /** The names "Aa" and "BB" have the same hash code, and so have all that are made of them. */
    @Test
    void reads4000NamesThatCollide() throws Exception {
        StringBuilder wire = new StringBuilder("03");
        for (int i = 0; i < 4000; i++) {
            wire.append("0018");
            for (int bit = 0; bit < 12; bit++) {
                wire.append((i >> bit & 1) == 0 ? "4161" : "4242");
            }
            wire.append("05");
        }
        AmfObject object = (AmfObject) AmfWire.read(wire + "000009").get(0);
        assertEquals(4000, object.properties().size());
        assertEquals(1, object.properties().keySet().stream().mapToInt(String::hashCode).distinct().count());
    }

    @Test
    void keepsXmlAsText() throws Exception {
        String bomb = "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>";
        StringBuilder wire = new StringBuilder("0f 000000").append(String.format("%02x", bomb.length()));
        bomb.chars().forEach(c -> wire.append(String.format("%02x", c)));
        assertEquals(List.of(new AmfXmlDocument(bomb)), AmfWire.read(wire.toString()));
    }

    @Test
    void looksUpNoClass() throws Exception {
        String name = "java.lang.ProcessBuilder";
        StringBuilder wire = new StringBuilder("10 0018");
        name.chars().forEach(c -> wire.append(String.format("%02x", c)));
        assertEquals(List.of(AmfTypedObject.of(name, Map.of())), AmfWire.read(wire + "000009"));
    }

    @Test
    void readsAPrefixWhateverFollows() throws Exception {
        ByteBuf body = buffers.hex("02 0001 61 05 02 ffff");
        try {
            assertEquals(List.of(), Amf0Reader.readPrefix(body, AmfLimits.DEFAULT, 0));
            assertEquals(List.of(new AmfString("a"), AmfConstant.NULL), Amf0Reader.readPrefix(body, AmfLimits.DEFAULT, 2));
            assertThrows(MalformedException.class, () -> Amf0Reader.readPrefix(body, AmfLimits.DEFAULT, 3));
            assertThrows(IllegalArgumentException.class, () -> Amf0Reader.readPrefix(body, AmfLimits.DEFAULT, -1));
        } finally {
            body.release();
        }
    }

    @Test
    void readsOnlyWhatIsReadableAndMovesNothing() throws Exception {
        ByteBuf body = buffers.hex("ffff 05 0401 ffff");
        try {
            body.setIndex(2, 3);
            assertEquals(List.of(AmfConstant.NULL), Amf0Reader.readAll(body, AmfLimits.DEFAULT));
            body.setIndex(2, 5);
            assertThrows(MalformedException.class, () -> Amf0Reader.readAll(body, AmfLimits.DEFAULT));
            assertEquals(2, body.readerIndex());
            assertEquals(5, body.writerIndex());
        } finally {
            body.release();
        }
    }

    private static AmfObject object(String name, AmfValue value) {
        return AmfObject.builder().put(name, value).build();
    }
}
