package dev.millrace.amf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.media.MalformedException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which AMF3 values inside an AMF0 message are refused, and what they share. Bytes are written by hand from AMF 3,
 * section 3.
 */
class Amf3ReaderTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            unknown marker,                   12,                              AMF3 marker 18 is not 0 to 17
            integer cut short,                04 ffffff,                       AMF3 integer of 1 bytes with 0 left
            double cut short,                 05 00,                           AMF3 double of 8 bytes with 1 left
            string cut short,                 06 07 6162,                      AMF3 string of 3 bytes with 2 left
            string of 2^28-1 bytes,           06 ffffffff,                     AMF3 string of 268435455 bytes exceeds 65536
            XML of 2^28-1 bytes,              07 ffffffff,                     AMF3 XML of 268435455 bytes exceeds 65536
            date cut short,                   08 01 00,                        AMF3 date of 8 bytes with 1 left
            byte array of 2^28-1,             0c ffffffff 00,                  AMF3 byte array of 268435455 bytes with 1 left
            array of 2^28-1,                  09 ffffffff 01 00000000,         AMF3 array of 268435455 with 5 bytes left
            array without end of names,       09 01 03 61 02,                  AMF3 member name of 1 bytes with 0 left
            vector of 2^28-1 int,             0d ffffffff 00 0000000000000000 0000, AMF3 vector of 268435455 with 10 bytes left
            vector of 2^28-1 double,          0f ffffffff 00 0000000000000000 0000, AMF3 vector of 268435455 with 10 bytes left
            vector of int one too many,       0e 05 00 00000000,               AMF3 vector of 2 with 4 bytes left
            vector of 2^28-1 objects,         10 ffffffff 00 01 00000000,      AMF3 vector of 268435455 with 6 bytes left
            dictionary of 2^28-1,             11 ffffffff 00 00000000,         keys and values of 536870910 with 5 bytes left
            dictionary of one too many,       11 05 00 0000,                   keys and values of 4 with 3 bytes left
            2^25-1 sealed members,            0a fffffffb 01 00,               AMF3 sealed members of 33554431 with 2 bytes left
            sealed members of one too many,   0a 23 01 0100,                   AMF3 sealed members of 2 with 3 bytes left
            known traits of too many members, 09 05 01 0a 23 01 01 01 00 00 0a 01 00, AMF3 sealed members of 2 with 1 bytes left
            reference to string 0,            06 00,                           reference to string 0 of 0
            reference to the empty string,    09 05 01 06 01 06 00,            reference to string 0 of 0
            reference to a later string,      09 05 01 06 00 06 03 61,         reference to string 0 of 0
            reference to string 2^28-1,       09 05 01 06 03 61 06 fffffffe,   reference to string 268435455 of 1
            reference to object 0,            0a 00,                           reference to object 0 of 0
            reference beyond the objects,     09 03 01 0a 02,                  reference to object 1 of 1
            array reference to nothing,       09 00,                           reference to object 0 of 0
            date reference to nothing,        08 00,                           reference to object 0 of 0
            XML reference to nothing,         0b 00,                           reference to object 0 of 0
            byte array reference to nothing,  0c 00,                           reference to object 0 of 0
            vector reference to nothing,      0d 00,                           reference to object 0 of 0
            object vector reference to nothing, 10 00,                         reference to object 0 of 0
            dictionary reference to nothing,  11 00,                           reference to object 0 of 0
            reference to traits 0,            0a 01,                           reference to traits 0 of 0
            reference to traits 2^27-1,       0a fffffffd,                     reference to traits 134217727 of 0
            externalizable object,            0a 07 07 666f6f,                 externalizable
            ArrayCollection,                  0a 07 43 666c65782e6d6573736167696e672e696f2e4172726179436f6c6c656374696f6e 09 01 01, externalizable
            """)
    void refuses(String name, String value, String reason) {
        MalformedException e = assertThrows(MalformedException.class, () -> AmfWire.read("11" + value));
        assertTrue(e.getMessage().contains(reason), e.getMessage());
    }

    /** Each row is what opens one more level. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            array,                  09 03 01
            array by name,          09 01 03 61
            dynamic object,         0a 0b 01 03 61
            sealed object,          0a 13 01 03 61
            vector of objects,      10 03 00 01
            key of dictionary,      11 03 00
            """)
    void refusesToGoDeeperThanTheLimit(String name, String opening) {
        AmfLimits limits = new AmfLimits(/* maxDepth= */ 32, /* maxValues= */ 1 << 20, /* maxStringBytes= */ 1 << 16);
        MalformedException atTheLimit = assertThrows(MalformedException.class, () -> AmfWire.read("11" + opening.repeat(32) + "12", limits));
        assertTrue(atTheLimit.getMessage().contains("AMF3 marker 18"), atTheLimit.getMessage());
        for (int levels : new int[] {33, 100_000}) {
            // Something must follow, or the count of the last is refused before its depth.
            String wire = "11" + opening.repeat(levels) + "00000000";
            MalformedException e = assertThrows(MalformedException.class, () -> AmfWire.read(wire, limits));
            assertTrue(e.getMessage().contains("nested deeper than 32"), e.getMessage());
        }
    }

    @Test
    void sharesTheLimitsWithAmf0() throws Exception {
        String wire = "0a 00000001 11 09 05 01 02 03";
        AmfWire.read(wire, new AmfLimits(/* maxDepth= */ 2, /* maxValues= */ 4, /* maxStringBytes= */ 10));
        assertThrows(MalformedException.class, () -> AmfWire.read(wire, new AmfLimits(1, 4, 10)));
        assertThrows(MalformedException.class, () -> AmfWire.read(wire, new AmfLimits(2, 3, 10)));
    }

    /** Named members have no count that could be refused beforehand. */
    @Test
    void takesNamedMembersOutOfTheBudget() throws Exception {
        String wire = "11 09 01 03 61 02 03 62 03 01";
        AmfWire.read(wire, new AmfLimits(/* maxDepth= */ 1, /* maxValues= */ 3, /* maxStringBytes= */ 10));
        MalformedException e = assertThrows(MalformedException.class, () -> AmfWire.read(wire, new AmfLimits(1, 2, 10)));
        assertTrue(e.getMessage().contains("more than 2 AMF values"), e.getMessage());
    }

    /** A dictionary's marker and an object's, over and over: the object's header 11 refers to traits 4. */
    @Test
    void refusesAlternatingMarkers() {
        MalformedException e = assertThrows(MalformedException.class, () -> AmfWire.read("11 0a".repeat(50_000)));
        assertTrue(e.getMessage().contains("reference to traits 4 of 0"), e.getMessage());
    }

    @Test
    void sharesTheTablesOfOneMessage() throws Exception {
        List<AmfValue> values = AmfWire.read("11 0a 13 03 43 03 61 04 01 11 0a 01 04 02 11 06 02 11 0a 00");
        AmfValue first = AmfTypedObject.of("C", Map.of("a", new AmfNumber(1)));
        AmfValue second = AmfTypedObject.of("C", Map.of("a", new AmfNumber(2)));
        assertEquals(List.of(first, second, new AmfString("a"), first), values);
    }

    @Test
    void readsAValueInsideAnObject() throws Exception {
        assertEquals(List.of(AmfObject.builder().put("a", "abc").build()), AmfWire.read("03 0001 61 11 06 07 616263 000009"));
    }

    @Test
    void startsEachMessageWithEmptyTables() throws Exception {
        assertEquals(List.of(new AmfString("a")), AmfWire.read("11 06 03 61"));
        assertThrows(MalformedException.class, () -> AmfWire.read("11 06 00"));
    }

    /** Neither language's objects are counted by the other. */
    @ParameterizedTest
    @ValueSource(strings = {"03 000009 11 0a 00", "11 09 01 01 07 0000"})
    void keepsTheTablesOfAmf0AndAmf3Apart(String wire) {
        MalformedException e = assertThrows(MalformedException.class, () -> AmfWire.read(wire));
        assertTrue(e.getMessage().contains("reference to"), e.getMessage());
    }
}
