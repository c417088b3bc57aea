package dev.millrace.hls.segment;

import dev.millrace.amf.AmfBoolean;
import dev.millrace.amf.AmfNumber;
import dev.millrace.amf.AmfProperties;
import dev.millrace.amf.AmfStrictArray;
import dev.millrace.amf.AmfString;
import dev.millrace.amf.AmfValue;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import java.util.List;
import java.util.Map;

/**
 * Converts data messages to timed metadata: the name of the message becomes that of the text, and its values the
 * text, as a JSON array. Values that JSON cannot express become {@code null}. Stateless.
 */
final class DataTags {

    private DataTags() {}

    /**
     * Returns a tag.
     *
     * @param values the name, then values
     * @throws MalformedException if the message is not a name and values, or too long
     */
    static Bytes of(List<AmfValue> values) throws MalformedException {
        if (values.isEmpty() || !(values.get(0) instanceof AmfString name)) {
            throw new MalformedException("data message does not begin with a string");
        }
        StringBuilder json = new StringBuilder();
        appendArray(values.subList(1, values.size()), json);
        try {
            return Id3Tag.text(name.value(), json.toString());
        } catch (IllegalArgumentException e) {
            throw new MalformedException("data message: " + e.getMessage());
        }
    }

    private static void append(AmfValue value, StringBuilder out) {
        if (value instanceof AmfString string) {
            appendText(string.value(), out);
        } else if (value instanceof AmfNumber number && Double.isFinite(number.value())) {
            boolean whole = number.value() == Math.rint(number.value()) && Math.abs(number.value()) < 1L << 53;
            out.append(whole ? Long.toString((long) number.value()) : Double.toString(number.value()));
        } else if (value instanceof AmfBoolean bool) {
            out.append(bool.value());
        } else if (value instanceof AmfStrictArray array) {
            appendArray(array.values(), out);
        } else if (value instanceof AmfProperties properties) {
            appendObject(properties, out);
        } else {
            out.append("null");
        }
    }

    private static void appendArray(List<AmfValue> values, StringBuilder out) {
        out.append('[');
        for (int i = 0; i < values.size() && out.length() <= Id3Tag.MAX_BYTES; i++) {
            out.append(i == 0 ? "" : ",");
            append(values.get(i), out);
        }
        out.append(']');
    }

    private static void appendObject(AmfProperties properties, StringBuilder out) {
        out.append('{');
        String separator = "";
        for (Map.Entry<String, AmfValue> property : properties.properties().entrySet()) {
            if (out.length() > Id3Tag.MAX_BYTES) {
                break; // refused as too long, whatever follows
            }
            out.append(separator);
            appendText(property.getKey(), out);
            out.append(':');
            append(property.getValue(), out);
            separator = ",";
        }
        out.append('}');
    }

    private static void appendText(String text, StringBuilder out) {
        out.append('"');
        text.chars().limit(Id3Tag.MAX_BYTES).forEach(c -> {
            if (c == '"' || c == '\\') {
                out.append('\\').append((char) c);
            } else if (c < ' ' || c == 0x7F) {
                out.append(String.format("\\u%04x", c));
            } else {
                out.append((char) c);
            }
        });
        out.append('"');
    }
}
