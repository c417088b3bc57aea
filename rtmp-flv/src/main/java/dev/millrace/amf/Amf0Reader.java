package dev.millrace.amf;

import dev.millrace.media.MalformedException;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the values of a message in AMF0, including values in AMF3 behind the marker 11.
 *
 * <p>Tolerates common encoder errors: the count of an ECMA array is ignored; an object or ECMA array may lack its end
 * at the end of the body; an empty name is a name unless an object end follows it; of two properties with the same name
 * the later one counts; bytes that are not UTF-8 become U+FFFD. After the first value, bytes that are not a value are
 * ignored as garbage with everything that follows: a marker above 11, an object end, or an object end with its empty
 * name as the last three bytes. A reserved marker, or a value that is cut short, is an error in any place.
 *
 * <p>A value in AMF3 becomes the nearest AMF0 value: an integer an {@link AmfNumber}; a vector an
 * {@link AmfStrictArray}; an array with named members, or a dictionary whose keys are strings, an {@link AmfEcmaArray};
 * any other dictionary, a byte array, and a reference from inside a value to that value
 * {@link AmfConstant#UNSUPPORTED}. Any other reference is resolved and counts against the limits like a copy;
 * references may repeat 1 MiB of text in a message. The AMF3 values of a message share their reference tables, of at
 * most 1024 entries each. An externalizable object is refused, because only its class knows its length.
 *
 * <p>Everything that is read can be written by {@link Amf0Writer}.
 *
 * <p>Stateless: any thread may call it.
 *
 * @see <a href="https://veovera.org/docs/legacy/amf0-file-format-spec.pdf">Action Message Format, AMF 0</a>
 * @see <a href="https://veovera.org/docs/legacy/amf3-file-format-spec.pdf">Action Message Format, AMF 3</a>
 */
public final class Amf0Reader {

    private final AmfInput input;
    private final Amf3Reader amf3;
    /** Objects and arrays in AMF0 that have begun: what a reference can point to. */
    private int referable;

    private Amf0Reader(ByteBuf body, AmfLimits limits) {
        this.input = new AmfInput(body, limits);
        this.amf3 = new Amf3Reader(input);
    }

    /**
     * Reads all values of a message.
     *
     * @param body the readable bytes are the message; borrowed, and its indices do not move
     * @param limits of the message as a whole
     * @return the values; empty if the body is empty
     * @throws MalformedException if the body does not start with a value, a value is cut short or malformed, a
     *     reference points to nothing before it, an AMF3 object is externalizable, or a limit is exceeded
     */
    public static List<AmfValue> readAll(ByteBuf body, AmfLimits limits) throws MalformedException {
        return readPrefix(body, limits, Integer.MAX_VALUE);
    }

    /**
     * Reads the first values of a message, and ignores the rest.
     *
     * @param body the readable bytes are the message; borrowed, and its indices do not move
     * @param limits of the values that are read
     * @param maxValues maximum number of values, not counting those inside others; not negative
     * @return the values; fewer than {@code maxValues} if the body has fewer
     * @throws MalformedException as {@link #readAll}, for the values that are read
     * @throws IllegalArgumentException if {@code maxValues} is negative
     */
    public static List<AmfValue> readPrefix(ByteBuf body, AmfLimits limits, int maxValues) throws MalformedException {
        if (maxValues < 0) {
            throw new IllegalArgumentException("maxValues " + maxValues + " is negative");
        }
        Amf0Reader reader = new Amf0Reader(body, limits);
        List<AmfValue> values = new ArrayList<>();
        while (values.size() < maxValues && reader.input.remaining() > 0) {
            if (!values.isEmpty() && reader.isAtGarbage()) {
                break;
            }
            values.add(reader.readValue(/* depth= */ 0));
        }
        return List.copyOf(values);
    }

    private boolean isAtGarbage() {
        int marker = input.peekUnsignedByte(0);
        if (marker == Amf0Marker.OBJECT_END || marker > Amf0Marker.AVM_PLUS) {
            return true;
        }
        // FLV files of old have an object end behind the last value: FLV 10, ScriptData.
        return input.remaining() == 3
                && marker == 0
                && input.peekUnsignedByte(1) == 0
                && input.peekUnsignedByte(2) == Amf0Marker.OBJECT_END;
    }

    /** Reads one value that is inside {@code depth} objects and arrays. */
    private AmfValue readValue(int depth) throws MalformedException {
        input.countValue();
        int marker = input.readUnsignedByte("AMF0 marker");
        return switch (marker) {
            case Amf0Marker.NUMBER -> new AmfNumber(input.readDouble("AMF0 number"));
            case Amf0Marker.BOOLEAN -> new AmfBoolean(input.readUnsignedByte("AMF0 boolean") != 0);
            case Amf0Marker.STRING -> new AmfString(readShortText("AMF0 string"));
            case Amf0Marker.OBJECT -> AmfObject.of(readProperties(begin(depth)));
            case Amf0Marker.NULL -> AmfConstant.NULL;
            case Amf0Marker.UNDEFINED -> AmfConstant.UNDEFINED;
            case Amf0Marker.REFERENCE -> readReference();
            case Amf0Marker.ECMA_ARRAY -> readEcmaArray(depth);
            case Amf0Marker.STRICT_ARRAY -> readStrictArray(depth);
            case Amf0Marker.DATE -> new AmfDate(input.readDouble("AMF0 date"), input.readShort("AMF0 time zone"));
            case Amf0Marker.LONG_STRING -> new AmfString(readLongText("AMF0 long string"));
            case Amf0Marker.UNSUPPORTED -> AmfConstant.UNSUPPORTED;
            case Amf0Marker.XML_DOCUMENT -> new AmfXmlDocument(readLongText("AMF0 XML document"));
            case Amf0Marker.TYPED_OBJECT -> readTypedObject(depth);
            case Amf0Marker.AVM_PLUS -> amf3.readValue(depth);
            case Amf0Marker.MOVIE_CLIP, Amf0Marker.RECORD_SET -> throw new MalformedException(
                    "reserved AMF0 marker " + marker);
            case Amf0Marker.OBJECT_END -> throw new MalformedException("AMF0 object end where a value is wanted");
            default -> throw new MalformedException("AMF0 marker " + marker + " is not 0 to 17");
        };
    }

    /** Enters an object or array; returns the depth of what is in it. */
    private int begin(int depth) throws MalformedException {
        input.checkDepth(depth + 1);
        referable++;
        return depth + 1;
    }

    private AmfReference readReference() throws MalformedException {
        int reference = input.readUnsignedShort("AMF0 reference");
        if (reference >= referable) {
            throw new MalformedException(
                    "AMF0 reference to " + reference + " after " + referable + " objects and arrays");
        }
        return new AmfReference(reference);
    }

    private AmfEcmaArray readEcmaArray(int depth) throws MalformedException {
        input.skip(4, "AMF0 ECMA array count"); // a hint: OBS Studio writes 20, others 0
        return AmfEcmaArray.of(readProperties(begin(depth)));
    }

    private AmfTypedObject readTypedObject(int depth) throws MalformedException {
        String className = readName("AMF0 class name");
        return AmfTypedObject.of(className, readProperties(begin(depth)));
    }

    private AmfStrictArray readStrictArray(int depth) throws MalformedException {
        long count = input.readUnsignedInt("AMF0 strict array count");
        input.checkValues(count, /* leastBytesEach= */ 1, "AMF0 strict array");
        int inside = begin(depth);
        List<AmfValue> values = new ArrayList<>((int) count);
        for (int i = 0; i < count; i++) {
            values.add(readValue(inside));
        }
        return new AmfStrictArray(values);
    }

    /** Reads names and values up to the object end, or to the end of the body. */
    private Map<String, AmfValue> readProperties(int depth) throws MalformedException {
        Map<String, AmfValue> properties = new LinkedHashMap<>();
        while (input.remaining() > 0) {
            String name = readName("AMF0 property name");
            if (name.isEmpty() && input.remaining() > 0 && input.peekUnsignedByte(0) == Amf0Marker.OBJECT_END) {
                input.skip(1, "AMF0 object end");
                break;
            }
            properties.put(name, readValue(depth));
        }
        return properties;
    }

    private String readName(String field) throws MalformedException {
        return AmfInput.checkName(readShortText(field), field);
    }

    private String readShortText(String field) throws MalformedException {
        return input.readUtf8(input.readUnsignedShort(field), field);
    }

    private String readLongText(String field) throws MalformedException {
        return input.readUtf8(input.readUnsignedInt(field), field);
    }
}
