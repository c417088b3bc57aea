package dev.millrace.amf;

import dev.millrace.media.MalformedException;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Reads AMF3 values.
 *
 * <p>A reference becomes the value that it points to, whatever the marker before it: the same one in each place. An object is in the table
 * before its members are, so that it can be found inside itself.
 *
 * <p>Externalizable objects are refused: only their class knows how long they are. Of two members with one name the later counts, and bytes
 * that are not UTF-8 become U+FFFD. Elements of byte arrays and of vectors of numbers are bounded by the bytes of the message, all other values
 * by {@link AmfLimits} too, and each of the three tables by 1024 entries.
 *
 * <p>Stateless for those who call it: any thread may do so.
 *
 * @see <a href="https://veovera.org/docs/legacy/amf3-file-format-spec.pdf">Action Message Format, AMF 3, section 3</a>
 */
public final class Amf3Reader {

    /** Strings, objects and traits of one message that can be referred to, each: ten times what large metadata has. */
    static final int MAX_TABLE_ENTRIES = 1024;

    private final AmfInput input;

    // Per message: the reference tables.
    private final List<String> strings = new ArrayList<>();
    private final List<Amf3Complex> objects = new ArrayList<>();
    private final List<Amf3Traits> traits = new ArrayList<>();

    /** For all AMF3 values of a message, in their order. */
    Amf3Reader(AmfInput input) {
        this.input = input;
    }

    /**
     * Reads one value. What comes after it is left alone.
     *
     * @param body the readable bytes start with the marker of the value; borrowed, and its indices do not move
     * @param limits hold for the value and all that is in it
     * @return the value
     * @throws MalformedException if the value is cut short or malformed, has an externalizable object in it, refers to what is not before it, or
     *     exceeds a limit
     */
    public static Amf3Value read(ByteBuf body, AmfLimits limits) throws MalformedException {
        AmfInput input = new AmfInput(body, limits);
        input.countValue();
        return new Amf3Reader(input).readValue(/* depth= */ 0);
    }

    /** Reads one value that is inside {@code depth} objects and arrays and has been taken out of the budget. */
    Amf3Value readValue(int depth) throws MalformedException {
        int marker = input.readUnsignedByte("AMF3 marker");
        return switch (marker) {
            case Amf3Marker.UNDEFINED -> Amf3Constant.UNDEFINED;
            case Amf3Marker.NULL -> Amf3Constant.NULL;
            case Amf3Marker.FALSE -> Amf3Constant.FALSE;
            case Amf3Marker.TRUE -> Amf3Constant.TRUE;
            case Amf3Marker.INTEGER -> new Amf3Integer(readU29("AMF3 integer") << 3 >> 3); // bit 28 is the sign
            case Amf3Marker.DOUBLE -> new Amf3Double(input.readDouble("AMF3 double"));
            case Amf3Marker.STRING -> new Amf3String(readString("AMF3 string"));
            default -> readComplex(marker, depth);
        };
    }

    private Amf3Complex readComplex(int marker, int depth) throws MalformedException {
        if (marker > Amf3Marker.DICTIONARY) {
            throw new MalformedException("AMF3 marker " + marker + " is not 0 to 17");
        }
        int header = readU29("AMF3 object header");
        if ((header & 1) == 0) {
            return entry(objects, header >>> 1, "object");
        }
        int count = header >>> 1;
        return switch (marker) {
            case Amf3Marker.XML_DOCUMENT -> enter(new Amf3XmlDocument(input.readUtf8(count, "AMF3 XML")));
            case Amf3Marker.XML -> enter(new Amf3Xml(input.readUtf8(count, "AMF3 XML")));
            case Amf3Marker.DATE -> enter(new Amf3Date(input.readDouble("AMF3 date")));
            case Amf3Marker.BYTE_ARRAY -> enter(new Amf3ByteArray(input.readBytes(count, "AMF3 byte array")));
            case Amf3Marker.VECTOR_INT -> readVectorOfNumbers(Amf3NumberVector.Kind.INT, count);
            case Amf3Marker.VECTOR_UINT -> readVectorOfNumbers(Amf3NumberVector.Kind.UINT, count);
            case Amf3Marker.VECTOR_DOUBLE -> readVectorOfNumbers(Amf3NumberVector.Kind.DOUBLE, count);
            case Amf3Marker.ARRAY -> readArray(count, depth);
            case Amf3Marker.OBJECT -> readObject(header, depth);
            case Amf3Marker.VECTOR_OBJECT -> readVectorOfObjects(count, depth);
            case Amf3Marker.DICTIONARY -> readDictionary(count, depth);
            default -> throw new AssertionError(marker);
        };
    }

    private Amf3Value readMember(int depth) throws MalformedException {
        input.countValue();
        return readValue(depth);
    }

    private Amf3Array readArray(int dense, int depth) throws MalformedException {
        input.checkValues(dense, /* leastBytesEach= */ 1, "AMF3 array");
        input.checkDepth(depth + 1);
        Amf3Array.Builder array = Amf3Array.builder();
        enter(array.node());
        readNamedMembers(depth + 1, array::put);
        for (int i = 0; i < dense; i++) {
            array.add(readMember(depth + 1));
        }
        return array.build();
    }

    /**
     * Reads an object that is no reference.
     *
     * <pre>
     *  bit 0 = 1: no reference
     *  bit 1 = 0: of known traits, index in the rest
     *  bit 2 = 1: externalizable
     *  bit 3:     dynamic; the rest is the number of sealed members
     * </pre>
     */
    private Amf3Object readObject(int header, int depth) throws MalformedException {
        input.checkDepth(depth + 1);
        Amf3Traits of = (header & 0b10) == 0 ? entry(traits, header >>> 2, "traits") : readTraits(header);
        int sealedMembers = of.sealedNames().size();
        input.checkValues(sealedMembers, /* leastBytesEach= */ 1, "AMF3 sealed members");
        Amf3Object.Builder object = Amf3Object.builder(of);
        enter(object.node());
        for (int i = 0; i < sealedMembers; i++) {
            object.addSealed(readMember(depth + 1));
        }
        if (of.dynamic()) {
            readNamedMembers(depth + 1, object::put);
        }
        return object.build();
    }

    private Amf3Traits readTraits(int header) throws MalformedException {
        if ((header & 0b100) != 0) {
            throw new MalformedException("AMF3 externalizable object, whose length only its class knows");
        }
        int sealedMembers = header >>> 4;
        input.checkValues(sealedMembers, /* leastBytesEach= */ 2, "AMF3 sealed members"); // a name and a value
        String className = readString("AMF3 class name");
        List<String> names = new ArrayList<>();
        for (int i = 0; i < sealedMembers; i++) {
            names.add(readString("AMF3 member name"));
        }
        return enter(traits, new Amf3Traits(className, (header & 0b1000) != 0, names), "traits");
    }

    private Amf3NumberVector readVectorOfNumbers(Amf3NumberVector.Kind kind, int count) throws MalformedException {
        boolean fixed = input.readUnsignedByte("AMF3 vector's fixed flag") != 0;
        input.checkCount(count, kind == Amf3NumberVector.Kind.DOUBLE ? 8 : 4, "AMF3 vector");
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = switch (kind) {
                case INT -> (int) input.readUnsignedInt("AMF3 int");
                case UINT -> input.readUnsignedInt("AMF3 uint");
                case DOUBLE -> input.readDouble("AMF3 double");
            };
        }
        return enter(new Amf3NumberVector(kind, fixed, values));
    }

    private Amf3ObjectVector readVectorOfObjects(int count, int depth) throws MalformedException {
        input.checkValues(count, /* leastBytesEach= */ 1, "AMF3 vector");
        input.checkDepth(depth + 1);
        boolean fixed = input.readUnsignedByte("AMF3 vector's fixed flag") != 0;
        Amf3ObjectVector.Builder vector = Amf3ObjectVector.builder(readString("AMF3 vector's type name"), fixed);
        enter(vector.node());
        for (int i = 0; i < count; i++) {
            vector.add(readMember(depth + 1));
        }
        return vector.build();
    }

    private Amf3Dictionary readDictionary(int count, int depth) throws MalformedException {
        input.checkValues(2L * count, /* leastBytesEach= */ 1, "AMF3 dictionary's keys and values");
        input.checkDepth(depth + 1);
        boolean weakKeys = input.readUnsignedByte("AMF3 dictionary's weak flag") != 0;
        Amf3Dictionary.Builder dictionary = Amf3Dictionary.builder(weakKeys);
        enter(dictionary.node());
        for (int i = 0; i < count; i++) {
            dictionary.add(readMember(depth + 1), readMember(depth + 1));
        }
        return dictionary.build();
    }

    /** Reads names with their values, up to the empty name. */
    private void readNamedMembers(int depth, BiConsumer<String, Amf3Value> members) throws MalformedException {
        String name = readString("AMF3 member name");
        while (!name.isEmpty()) {
            members.accept(name, readMember(depth));
            name = readString("AMF3 member name");
        }
    }

    /** Reads a string without a marker, or a reference to one. The empty one is never in the table. */
    private String readString(String field) throws MalformedException {
        int header = readU29(field);
        if ((header & 1) == 0) {
            return entry(strings, header >>> 1, "string");
        }
        String string = input.readUtf8(header >>> 1, field);
        return string.isEmpty() ? string : enter(strings, string, "strings");
    }

    private <T extends Amf3Complex> T enter(T value) throws MalformedException {
        enter(objects, value, "objects");
        return value;
    }

    private static <T> T enter(List<T> table, T entry, String what) throws MalformedException {
        if (table.size() == MAX_TABLE_ENTRIES) {
            throw new MalformedException("AMF3 " + what + " in the table exceed " + MAX_TABLE_ENTRIES);
        }
        table.add(entry);
        return entry;
    }

    private static <T> T entry(List<T> table, int index, String what) throws MalformedException {
        if (index >= table.size()) {
            throw new MalformedException("AMF3 reference to " + what + " " + index + " of " + table.size());
        }
        return table.get(index);
    }

    /** Reads a number of 29 bits: up to three bytes of 7 bits that say whether more come, and a fourth of 8. AMF 3, section 1.3.1. */
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
