package dev.millrace.amf;

import dev.millrace.media.MalformedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the AMF3 values of one message as the nearest {@link AmfValue}s.
 *
 * <ul>
 *   <li>An integer or double becomes an {@link AmfNumber}, an XML text of either kind an {@link AmfXmlDocument}.
 *   <li>An object becomes an {@link AmfObject}, or an {@link AmfTypedObject} if its class has a name.
 *   <li>An array becomes an {@link AmfStrictArray}, or an {@link AmfEcmaArray} if it has named members; the others are
 *       then named by their index. A vector of any kind becomes an {@link AmfStrictArray}.
 *   <li>A dictionary becomes an {@link AmfEcmaArray}, or {@link AmfConstant#UNSUPPORTED} if a key is not a string. A
 *       byte array becomes {@link AmfConstant#UNSUPPORTED}.
 *   <li>A reference becomes the value that it refers to, and counts against the limits like a copy, since writing or
 *       comparing the result takes that long. A reference from inside a value to that value becomes
 *       {@link AmfConstant#UNSUPPORTED}: values are trees.
 * </ul>
 *
 * <p>An externalizable object is refused, because only its class knows its length. If two members have the same name,
 * the later one counts. Each reference table is bounded by {@link #MAX_TABLE_ENTRIES}, everything else by
 * {@link AmfLimits}.
 *
 * @see <a href="https://veovera.org/docs/legacy/amf3-file-format-spec.pdf">Action Message Format, AMF 3, section 3</a>
 */
final class Amf3Reader {

    /** Strings, objects and traits of one message that can be referred to, each: ten times what large metadata has. */
    static final int MAX_TABLE_ENTRIES = 1024;

    // Markers: AMF 3, section 3.1.
    private static final int UNDEFINED = 0x00;
    private static final int NULL = 0x01;
    private static final int FALSE = 0x02;
    private static final int TRUE = 0x03;
    private static final int INTEGER = 0x04;
    private static final int DOUBLE = 0x05;
    private static final int STRING = 0x06;
    private static final int XML_DOCUMENT = 0x07;
    private static final int DATE = 0x08;
    private static final int ARRAY = 0x09;
    private static final int OBJECT = 0x0A;
    private static final int XML = 0x0B;
    private static final int BYTE_ARRAY = 0x0C;
    private static final int VECTOR_INT = 0x0D;
    private static final int VECTOR_UINT = 0x0E;
    private static final int VECTOR_DOUBLE = 0x0F;
    private static final int VECTOR_OBJECT = 0x10;
    private static final int DICTIONARY = 0x11;

    /**
     * The class of an object: its name, the names of the members that each instance has, and whether an instance may
     * have more.
     */
    private record Traits(String className, boolean dynamic, List<String> sealedNames) {}

    private final AmfInput input;

    // Per message: the reference tables. An object whose end has not been read yet is UNSUPPORTED.
    private final List<String> strings = new ArrayList<>();
    private final List<AmfValue> objects = new ArrayList<>();
    private final List<Traits> traits = new ArrayList<>();

    Amf3Reader(AmfInput input) {
        this.input = input;
    }

    /** Reads one value that is inside {@code depth} objects and arrays and has been taken out of the budget. */
    AmfValue readValue(int depth) throws MalformedException {
        int marker = input.readUnsignedByte("AMF3 marker");
        return switch (marker) {
            case UNDEFINED -> AmfConstant.UNDEFINED;
            case NULL -> AmfConstant.NULL;
            case FALSE -> new AmfBoolean(false);
            case TRUE -> new AmfBoolean(true);
            case INTEGER -> new AmfNumber(readU29("AMF3 integer") << 3 >> 3); // bit 28 is the sign
            case DOUBLE -> new AmfNumber(input.readDouble("AMF3 double"));
            case STRING -> new AmfString(readString("AMF3 string"));
            default -> readComplex(marker, depth);
        };
    }

    /** Reads a value that can be referred to. */
    private AmfValue readComplex(int marker, int depth) throws MalformedException {
        if (marker > DICTIONARY) {
            throw new MalformedException("AMF3 marker " + marker + " is not 0 to 17");
        }
        int header = readU29("AMF3 object header");
        if ((header & 1) == 0) {
            AmfValue value = entry(objects, header >>> 1, "object");
            repeat(value, depth);
            return value;
        }
        int index = enter(objects, AmfConstant.UNSUPPORTED, "objects");
        int count = header >>> 1;
        AmfValue value = switch (marker) {
            case XML_DOCUMENT, XML -> new AmfXmlDocument(input.readUtf8(count, "AMF3 XML"));
            case DATE -> new AmfDate(input.readDouble("AMF3 date"), /* timeZoneMinutes= */ 0);
            case BYTE_ARRAY -> readByteArray(count);
            case VECTOR_INT, VECTOR_UINT, VECTOR_DOUBLE -> readVectorOfNumbers(marker, count, depth);
            case ARRAY -> readArray(count, depth);
            case OBJECT -> readObject(header, depth);
            case VECTOR_OBJECT -> readVectorOfObjects(count, depth);
            case DICTIONARY -> readDictionary(count, depth);
            default -> throw new AssertionError(marker);
        };
        objects.set(index, value);
        return value;
    }

    private AmfValue readMember(int depth) throws MalformedException {
        input.countValue();
        return readValue(depth);
    }

    private AmfValue readByteArray(int lengthBytes) throws MalformedException {
        input.skip(lengthBytes, "AMF3 byte array");
        return AmfConstant.UNSUPPORTED;
    }

    private AmfValue readArray(int dense, int depth) throws MalformedException {
        input.checkValues(dense, /* leastBytesEach= */ 1, "AMF3 array");
        input.checkDepth(depth + 1);
        Map<String, AmfValue> members = new LinkedHashMap<>();
        readNamedMembers(depth + 1, members);
        if (members.isEmpty()) {
            return new AmfStrictArray(readMembers(dense, depth + 1));
        }
        for (int i = 0; i < dense; i++) {
            members.put(String.valueOf(i), readMember(depth + 1));
        }
        return AmfEcmaArray.of(members);
    }

    /**
     * Reads an object that is not a reference.
     *
     * <pre>
     *  bit 0 = 1: not a reference
     *  bit 1 = 0: of known traits, whose index is in the rest
     *  bit 2 = 1: externalizable
     *  bit 3:     dynamic; the rest is the number of sealed members
     * </pre>
     */
    private AmfValue readObject(int header, int depth) throws MalformedException {
        input.checkDepth(depth + 1);
        Traits of = (header & 0b10) == 0 ? knownTraits(header >>> 2) : readTraits(header);
        input.checkValues(of.sealedNames().size(), /* leastBytesEach= */ 1, "AMF3 sealed members");
        Map<String, AmfValue> members = new LinkedHashMap<>();
        for (String name : of.sealedNames()) {
            members.put(name, readMember(depth + 1));
        }
        if (of.dynamic()) {
            readNamedMembers(depth + 1, members);
        }
        return of.className().isEmpty() ? AmfObject.of(members) : AmfTypedObject.of(of.className(), members);
    }

    private Traits readTraits(int header) throws MalformedException {
        if ((header & 0b100) != 0) {
            throw new MalformedException("AMF3 externalizable object, whose length only its class knows");
        }
        int sealedMembers = header >>> 4;
        input.checkValues(sealedMembers, /* leastBytesEach= */ 2, "AMF3 sealed members"); // a name and a value
        String className = readName("AMF3 class name");
        List<String> names = new ArrayList<>();
        for (int i = 0; i < sealedMembers; i++) {
            names.add(readName("AMF3 member name"));
        }
        Traits read = new Traits(className, (header & 0b1000) != 0, names);
        enter(traits, read, "traits");
        return read;
    }

    private Traits knownTraits(int index) throws MalformedException {
        Traits known = entry(traits, index, "traits");
        input.countRepeated(known.className());
        for (String name : known.sealedNames()) {
            input.countRepeated(name);
        }
        return known;
    }

    private AmfValue readVectorOfNumbers(int marker, int count, int depth) throws MalformedException {
        skipFixedFlag();
        input.checkValues(count, /* leastBytesEach= */ marker == VECTOR_DOUBLE ? 8 : 4, "AMF3 vector");
        input.checkDepth(depth + 1);
        List<AmfValue> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            input.countValue();
            values.add(new AmfNumber(
                    switch (marker) {
                        case VECTOR_INT -> (int) input.readUnsignedInt("AMF3 int");
                        case VECTOR_UINT -> input.readUnsignedInt("AMF3 uint");
                        default -> input.readDouble("AMF3 double");
                    }));
        }
        return new AmfStrictArray(values);
    }

    private AmfValue readVectorOfObjects(int count, int depth) throws MalformedException {
        input.checkValues(count, /* leastBytesEach= */ 1, "AMF3 vector");
        input.checkDepth(depth + 1);
        skipFixedFlag();
        readString("AMF3 vector's type name");
        return new AmfStrictArray(readMembers(count, depth + 1));
    }

    private void skipFixedFlag() throws MalformedException {
        input.skip(1, "AMF3 vector's fixed flag");
    }

    private AmfValue readDictionary(int count, int depth) throws MalformedException {
        input.checkValues(2L * count, /* leastBytesEach= */ 1, "AMF3 dictionary's keys and values");
        input.checkDepth(depth + 1);
        input.skip(1, "AMF3 dictionary's weak flag");
        Map<String, AmfValue> entries = new LinkedHashMap<>();
        boolean named = true;
        for (int i = 0; i < count; i++) {
            AmfValue key = readMember(depth + 1);
            AmfValue value = readMember(depth + 1);
            if (key instanceof AmfString name) {
                entries.put(AmfInput.checkName(name.value(), "AMF3 dictionary key"), value);
            } else {
                named = false;
            }
        }
        return named ? AmfEcmaArray.of(entries) : AmfConstant.UNSUPPORTED;
    }

    private List<AmfValue> readMembers(int count, int depth) throws MalformedException {
        List<AmfValue> members = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            members.add(readMember(depth));
        }
        return members;
    }

    /** Reads names with their values, up to the empty name. */
    private void readNamedMembers(int depth, Map<String, AmfValue> members) throws MalformedException {
        String name = readName("AMF3 member name");
        while (!name.isEmpty()) {
            members.put(name, readMember(depth));
            name = readName("AMF3 member name");
        }
    }

    private String readName(String field) throws MalformedException {
        return AmfInput.checkName(readString(field), field);
    }

    /** Reads a string without a marker, or a reference to one. The empty string is never in the table. */
    private String readString(String field) throws MalformedException {
        int header = readU29(field);
        if ((header & 1) == 0) {
            String string = entry(strings, header >>> 1, "string");
            input.countRepeated(string);
            return string;
        }
        String string = input.readUtf8(header >>> 1, field);
        if (!string.isEmpty()) {
            enter(strings, string, "strings");
        }
        return string;
    }

    /**
     * Counts what a value has in it against the limits once more. The value itself, at this depth, has been counted.
     */
    private void repeat(AmfValue value, int depth) throws MalformedException {
        if (value instanceof AmfProperties properties) {
            input.checkDepth(depth + 1);
            if (value instanceof AmfTypedObject typed) {
                input.countRepeated(typed.className());
            }
            for (Map.Entry<String, AmfValue> property : properties.properties().entrySet()) {
                input.countRepeated(property.getKey());
                repeatMember(property.getValue(), depth + 1);
            }
        } else if (value instanceof AmfStrictArray array) {
            input.checkDepth(depth + 1);
            for (AmfValue element : array.values()) {
                repeatMember(element, depth + 1);
            }
        } else if (value instanceof AmfString string) {
            input.countRepeated(string.value());
        } else if (value instanceof AmfXmlDocument xml) {
            input.countRepeated(xml.text());
        }
    }

    private void repeatMember(AmfValue value, int depth) throws MalformedException {
        input.countValue();
        repeat(value, depth);
    }

    /** Adds an entry to a table and returns its index. */
    private static <T> int enter(List<T> table, T entry, String what) throws MalformedException {
        if (table.size() == MAX_TABLE_ENTRIES) {
            throw new MalformedException("AMF3 " + what + " in the table exceed " + MAX_TABLE_ENTRIES);
        }
        table.add(entry);
        return table.size() - 1;
    }

    private static <T> T entry(List<T> table, int index, String what) throws MalformedException {
        if (index >= table.size()) {
            throw new MalformedException("AMF3 reference to " + what + " " + index + " of " + table.size());
        }
        return table.get(index);
    }

    /**
     * Reads a number of 29 bits: up to three bytes of 7 bits with a bit that says that more follow, then one of 8. AMF
     * 3, section 1.3.1.
     */
    private int readU29(String field) throws MalformedException {
        int value = 0;
        for (int i = 0; i < 3; i++) {
            int next = input.readUnsignedByte(field);
            value = value << 7 | next & 0x7F;
            if (next < 0x80) {
                return value;
            }
        }
        return value << 8 | input.readUnsignedByte(field);
    }
}
