package dev.millrace.amf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cases 31, 32, 35 to 38 and 41 of rtmp-core/HOSTILE-INPUTS.md, in AMF3. Bytes are written by hand. */
class Amf3HostileTest {

    private static volatile boolean bombLoaded;

    /** Case 31. Each row is what opens one more level. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            array,              09 03 01
            array by name,      09 01 03 61
            dynamic object,     0a 0b 01 03 61
            vector of objects,  10 03 00 01
            value of dictionary, 11 03 00 01
            """)
    void refusesDepth(String name, String opening) {
        for (int levels : new int[] {33, 100_000}) {
            String message = refusal(opening.repeat(levels) + "00000000");
            assertEquals("AMF values nested deeper than 32", message);
        }
    }

    /** Case 31: in AMF0 an array, in it an AMF3 value, and so on as deep as both allow: the depth is one. */
    @Test
    void countsDepthAcrossAmf0AndAmf3() throws Exception {
        String amf3 = "11" + "09 03 01".repeat(16) + "00";
        AmfWire.read("0a 00000001".repeat(16) + amf3);
        MalformedException e = assertThrows(MalformedException.class, () -> AmfWire.read("0a 00000001".repeat(17) + amf3));
        assertEquals("AMF values nested deeper than 32", e.getMessage());
    }

    /**
     * Case 32, and the same for all that has a count: an error, and at once, since nothing is allocated by the count.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            vector of int,      0d ffffffff 00 000000000000000000, AMF3 vector of 268435455 with 9 bytes left
            vector of uint,     0e ffffffff 00 000000000000000000, AMF3 vector of 268435455 with 9 bytes left
            vector of double,   0f ffffffff 00 000000000000000000, AMF3 vector of 268435455 with 9 bytes left
            vector of objects,  10 ffffffff 00 01 0000000000000000, AMF3 vector of 268435455 with 10 bytes left
            array,              09 ffffffff 01 000000000000000000, AMF3 array of 268435455 with 10 bytes left
            dictionary,         11 ffffffff 00 000000000000000000, AMF3 dictionary's keys and values of 536870910 with 10 bytes left
            sealed members,     0a fffffffb 01 000000000000000000, AMF3 sealed members of 33554431 with 10 bytes left
            byte array,         0c ffffffff 00000000000000000000,  AMF3 byte array of 268435455 bytes with 10 left
            string,             06 ffffffff 00000000000000000000,  AMF3 string of 268435455 bytes exceeds 65536
            """)
    void refusesCountsThatCannotBeThere(String name, String wire, String reason) {
        assertEquals(reason, refusal(wire));
    }

    /** Case 32: a vector whose elements do fit in the bytes must fit in the budget too. */
    @ParameterizedTest
    @ValueSource(strings = {"09 a003 01", "10 a003 00 01", "11 9011 00"})
    void refusesCountsBeyondTheBudget(String opening) throws Exception {
        // 2049 elements, or 1032 keys with values, in 4200 bytes.
        AmfLimits limits = new AmfLimits(32, 2000, 65536);
        String wire = opening + "00".repeat(4200);
        MalformedException e = assertThrows(MalformedException.class, () -> read(wire, limits));
        assertTrue(e.getMessage().endsWith("exceeds 2000 AMF values"), e.getMessage());
        read(wire, AmfLimits.DEFAULT);
    }

    /** Case 35: an object that is its own member is cut off where it begins again. */
    @Test
    void cutsOffWhatContainsItself() throws Exception {
        AmfValue me = read("0a 0b 01 05 6d65 0a 00 01", AmfLimits.DEFAULT);
        assertEquals("{\"me\": unsupported}", me.toString());
        AmfValue one = read("0a 0b 01 03 61 0a 01 03 62 0a 00 01 01", AmfLimits.DEFAULT);
        assertEquals("{\"a\": {\"b\": unsupported}}", one.toString());
        assertNotEquals(me, one);
    }

    /** Case 35: references to what is not there. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            object to come,          09 05 01 0a 04 0a 0b 01 01,    AMF3 reference to object 2 of 1
            next object,             09 05 01 0a 02 0a 0b 01 01,    AMF3 reference to object 1 of 1
            huge index,              0a fffffffe,                   AMF3 reference to object 268435455 of 0
            string instead,          09 05 01 06 03 61 0a 02,       AMF3 reference to object 1 of 1
            object instead,          09 03 01 06 00,                AMF3 reference to string 0 of 0
            name of a member,        0a 0b 01 02,                   AMF3 reference to string 1 of 0
            name of a class,         0a 0b 00,                      AMF3 reference to string 0 of 0
            traits to come,          0a 01 0b 01 01,                AMF3 reference to traits 0 of 0
            huge traits,             0a fffffffd,                   AMF3 reference to traits 134217727 of 0
            """)
    void refusesReferencesToNothing(String name, String wire, String reason) {
        assertEquals(reason, refusal(wire));
    }

    /** Case 35: arrays of two references to the one before, whose tree has 2^n values and is n deep. */
    @Test
    void countsWhatIsSharedLikeCopies() throws Exception {
        read(doubled(12), new AmfLimits(256, 1 << 13, 65536));
        for (int levels : new int[] {13, 200, 1000}) {
            MalformedException e = assertThrows(MalformedException.class, () -> read(doubled(levels), new AmfLimits(256, 1 << 13, 65536)));
            assertEquals("more than 8192 AMF values", e.getMessage());
        }
    }

    private static String doubled(int levels) {
        StringBuilder wire = new StringBuilder("09" + u29(levels << 1 | 1) + "01 090101"); // the first one is empty
        for (int i = 1; i < levels; i++) {
            wire.append("090501").append(("09" + u29(i << 1)).repeat(2));
        }
        return wire.toString();
    }

    /** Case 35: each of these is one deeper than the one before, which only the references tell. */
    @Test
    void countsTheDepthOfWhatIsShared() throws Exception {
        read(chain(31), AmfLimits.DEFAULT);
        assertEquals("AMF values nested deeper than 32", refusal(chain(32)));
    }

    /** An array of arrays with names, the first one empty, each of the others with a reference to the one before. */
    private static String chain(int levels) {
        StringBuilder wire = new StringBuilder("09" + u29(levels << 1 | 1) + "01 090101");
        for (int i = 1; i < levels; i++) {
            wire.append("090103 61 09").append(u29(i << 1)).append("01");
        }
        return wire.toString();
    }

    /**
     * Case 35: a reference of two bytes to a text of 32 KiB, over and over. Each row is what has the text and what
     * repeats it.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            string,         06 848001 TEXT,                    06 00
            XML,            07 848001 TEXT,                    07 02
            member name,    0a 0b 01 848001 TEXT 01 01,        0a 02
            sealed member,  0a 13 01 848001 TEXT 01,           0a 01 01
            class,          0a 03 848001 TEXT,                 0a 01
            shared class,   0a 03 848001 TEXT,                 0a 02
            member,         09 03 01 06 848001 TEXT,           09 02
            """)
    void boundsTheTextThatReferencesRepeat(String name, String first, String again) throws Exception {
        String wire = first.replace("TEXT", "61".repeat(32768));
        read("09" + u29(33 << 1 | 1) + "01" + wire + again.repeat(32), AmfLimits.DEFAULT);
        assertEquals(
                "AMF3 references repeat more than 1048576 bytes of text",
                refusal("09" + u29(34 << 1 | 1) + "01" + wire + again.repeat(33)));
    }

    /** U+FFFD has three bytes where one was wrong: what AMF0 could not carry is refused while it is read. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            0a 0b 01 82d52d TEXT 01 01, member name
            0a 13 01 82d52d TEXT 01,    member name
            0a 03 82d52d TEXT,          class name
            09 01 82d52d TEXT 01 01,    member name
            11 03 00 06 82d52d TEXT 01, dictionary key
            """)
    void refusesNamesThatCannotBeWritten(String wire, String field) throws Exception {
        assertEquals("AMF3 " + field + " of 65538 bytes in UTF-8 exceeds 65535", refusal(wire.replace("TEXT", "ff".repeat(21846))));
        read(wire.replace("82d52d", "82d52b").replace("TEXT", "ff".repeat(21845)), AmfLimits.DEFAULT);
    }

    /** Case 36. */
    @ParameterizedTest
    @ValueSource(strings = {
        "java.lang.ProcessBuilder",
        "org.springframework.context.support.ClassPathXmlApplicationContext",
        "flex.messaging.io.ArrayCollection",
        "unknown"
    })
    void refusesExternalizableObjects(String className) {
        assertEquals("AMF3 externalizable object, whose length only its class knows", refusal("0a 07" + string(className) + "09 01 01"));
    }

    /** Case 36: what looks like an object of some class is a text and its members. */
    @Test
    void looksUpNoClass() throws Exception {
        String name = Bomb.NAME;
        assertEquals(
                AmfTypedObject.of(name, Map.of("a", new AmfNumber(1))), read("0a 13" + string(name) + "03 61 04 01", AmfLimits.DEFAULT));
        assertEquals(new AmfStrictArray(List.of()), read("10 01 00" + string(name), AmfLimits.DEFAULT));
        assertFalse(bombLoaded);
        Class.forName(name);
        assertTrue(bombLoaded); // or the line before the last proved nothing
    }

    /** Says that it has been loaded. */
    static final class Bomb {

        static final String NAME = "dev.millrace.amf.Amf3HostileTest$Bomb";

        static {
            bombLoaded = true;
        }

        private Bomb() {}
    }

    /** Case 37. */
    @ParameterizedTest
    @ValueSource(strings = {
        "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>",
        "<!DOCTYPE a [<!ENTITY b \"lol\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;\">]><a>&d;</a>",
        "<a>not closed"
    })
    void keepsXmlAsText(String text) throws Exception {
        assertEquals(new AmfXmlDocument(text), read("07" + string(text), AmfLimits.DEFAULT));
        assertEquals(new AmfXmlDocument(text), read("0b" + string(text), AmfLimits.DEFAULT));
    }

    /**
     * Case 38: the names "Aa" and "BB" have the same hash code, and so have all that are made of them. The table takes
     * 1024 names.
     */
    @Test
    void readsNamesThatCollide() throws Exception {
        StringBuilder wire = new StringBuilder("0a0b01");
        for (int i = 0; i < Amf3Reader.MAX_TABLE_ENTRIES; i++) {
            wire.append("31");
            for (int bit = 0; bit < 12; bit++) {
                wire.append((i >> bit & 1) == 0 ? "4161" : "4242");
            }
            wire.append("01");
        }
        Map<String, AmfValue> members = ((AmfObject) read(wire + "01", AmfLimits.DEFAULT)).properties();
        assertEquals(1024, members.size());
        assertEquals(1, members.keySet().stream().mapToInt(String::hashCode).distinct().count());
        assertEquals("AMF3 strings in the table exceed 1024", refusal(wire + "0362 01 01"));
    }

    /**
     * No reference table grows without bound. Each row is what adds one entry to a table that is full but for what
     * the array adds.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            strings, 06 03 61,               1024
            objects, 08 01 0000000000000000, 1023
            objects, 0a 03 01,               1023
            """)
    void refusesLargerTables(String table, String entry, int most) throws Exception {
        read("09" + u29(most << 1 | 1) + "01" + entry.repeat(most), AmfLimits.DEFAULT);
        String message = refusal("09" + u29(most + 1 << 1 | 1) + "01" + entry.repeat(most + 1));
        assertEquals("AMF3 " + table + " in the table exceed 1024", message);
    }

    @Test
    void takesEachValueOutOfTheBudget() throws Exception {
        String wire = "09 05 01 02 03";
        read(wire, new AmfLimits(/* maxDepth= */ 1, /* maxValues= */ 3, /* maxStringBytes= */ 10));
        MalformedException e = assertThrows(MalformedException.class, () -> read(wire, new AmfLimits(1, 2, 10)));
        assertEquals("AMF3 array of 2 exceeds 2 AMF values", e.getMessage());
    }

    /** Case 41: the body of a type 17 behind its 0 byte, whose values are AMF0 and AMF3 in turn. */
    @Test
    void readsACommandWithAmf3Values() throws Exception {
        List<AmfValue> values = AmfWire.read("02 0007 7075626c697368 00 3ff0000000000000 11 01 11 06 07 6b6579 02 0004 6c697665");
        assertEquals(
                List.of(
                        new AmfString("publish"),
                        new AmfNumber(1),
                        AmfConstant.NULL,
                        new AmfString("key"),
                        new AmfString("live")),
                values);
    }

    /** Case 41: type 15 with nothing behind its 0 byte. */
    @Test
    void readsNothingFromNothing() throws Exception {
        assertEquals(List.of(), AmfWire.read(""));
        assertEquals("AMF3 marker of 1 bytes with 0 left", refusal(""));
    }

    private static String refusal(String wire) {
        return assertThrows(MalformedException.class, () -> read(wire, AmfLimits.DEFAULT)).getMessage();
    }

    private static AmfValue read(String wire, AmfLimits limits) throws MalformedException {
        return AmfWire.readPrefix(TrackedBuffers.bytes("11" + wire), limits, /* maxValues= */ 1).get(0);
    }

    /** A string in line, by hand: its length and the bit that it is no reference, then its bytes. */
    private static String string(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return u29(bytes.length << 1 | 1) + HexFormat.of().formatHex(bytes);
    }

    /** A number of 1 or 2 bytes. */
    private static String u29(int value) {
        return value < 128 ? String.format("%02x", value) : String.format("%02x%02x", value >> 7 | 0x80, value & 0x7F);
    }
}
