package dev.millrace.amf;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.List;
import java.util.Map;

/**
 * Writes values as AMF0.
 *
 * <p>A text is UTF-8; an unpaired surrogate, which UTF-8 does not have, becomes a question mark.
 *
 * <p>Stateless: any thread may call it.
 *
 * @see <a href="https://veovera.org/docs/legacy/amf0-file-format-spec.pdf">Action Message Format, AMF 0</a>
 */
public final class Amf0Writer {

    /** The longest text behind a length of 16 bits. */
    static final int MAX_SHORT_BYTES = 0xFFFF;

    private final ByteBuf out;

    private Amf0Writer(ByteBuf out) {
        this.out = out;
    }

    /**
     * Writes one value with its marker.
     *
     * @param value the value
     * @param out borrowed; grows by the value
     * @throws IllegalArgumentException if the name of a property or class has more than 65535 bytes in UTF-8;
     *     {@code out} is then unchanged
     */
    public static void write(AmfValue value, ByteBuf out) {
        writeAll(List.of(value), out);
    }

    /**
     * Writes values one after the other, such as those of a command.
     *
     * @param values the values
     * @param out borrowed; grows by the values
     * @throws IllegalArgumentException if the name of a property or class has more than 65535 bytes in UTF-8;
     *     {@code out} is then unchanged
     */
    public static void writeAll(List<? extends AmfValue> values, ByteBuf out) {
        int start = out.writerIndex();
        Amf0Writer writer = new Amf0Writer(out);
        try {
            for (AmfValue value : values) {
                writer.writeValue(value);
            }
        } catch (RuntimeException refused) {
            out.writerIndex(start);
            throw refused;
        }
    }

    // The recursion is bounded by AmfValue.MAX_DEPTH: deeper values cannot be built.
    private void writeValue(AmfValue value) {
        if (value instanceof AmfNumber number) {
            out.writeByte(Amf0Marker.NUMBER).writeDouble(number.value());
        } else if (value instanceof AmfBoolean bool) {
            out.writeByte(Amf0Marker.BOOLEAN).writeBoolean(bool.value());
        } else if (value instanceof AmfString string) {
            writeString(string.value());
        } else if (value instanceof AmfProperties properties) {
            writeProperties(properties);
        } else if (value instanceof AmfStrictArray array) {
            writeStrictArray(array);
        } else if (value instanceof AmfConstant constant) {
            out.writeByte(constant.marker());
        } else if (value instanceof AmfDate date) {
            out.writeByte(Amf0Marker.DATE).writeDouble(date.epochMillis()).writeShort(date.timeZoneMinutes());
        } else if (value instanceof AmfXmlDocument xml) {
            out.writeByte(Amf0Marker.XML_DOCUMENT);
            writeLongText(xml.text());
        } else if (value instanceof AmfReference reference) {
            out.writeByte(Amf0Marker.REFERENCE).writeShort(reference.index());
        } else {
            throw new AssertionError(value.getClass());
        }
    }

    private void writeString(String text) {
        if (ByteBufUtil.utf8Bytes(text) > MAX_SHORT_BYTES) {
            out.writeByte(Amf0Marker.LONG_STRING);
            writeLongText(text);
            return;
        }
        out.writeByte(Amf0Marker.STRING);
        writeShortText(text);
    }

    private void writeStrictArray(AmfStrictArray array) {
        out.writeByte(Amf0Marker.STRICT_ARRAY).writeInt(array.values().size());
        for (AmfValue element : array.values()) {
            writeValue(element);
        }
    }

    private void writeProperties(AmfProperties value) {
        if (value instanceof AmfEcmaArray) {
            out.writeByte(Amf0Marker.ECMA_ARRAY).writeInt(value.properties().size());
        } else if (value instanceof AmfTypedObject typed) {
            out.writeByte(Amf0Marker.TYPED_OBJECT);
            writeShortText(typed.className());
        } else {
            out.writeByte(Amf0Marker.OBJECT);
        }
        for (Map.Entry<String, AmfValue> property : value.properties().entrySet()) {
            writeShortText(property.getKey());
            writeValue(property.getValue());
        }
        out.writeShort(0).writeByte(Amf0Marker.OBJECT_END); // an empty name, then the end
    }

    /** Writes the name of a property or class. */
    private void writeShortText(String text) {
        int lengthBytes = ByteBufUtil.utf8Bytes(text);
        if (lengthBytes > MAX_SHORT_BYTES) {
            throw new IllegalArgumentException("AMF0 name of " + lengthBytes + " bytes exceeds " + MAX_SHORT_BYTES);
        }
        out.writeShort(lengthBytes);
        ByteBufUtil.writeUtf8(out, text);
    }

    private void writeLongText(String text) {
        out.writeInt(ByteBufUtil.utf8Bytes(text));
        ByteBufUtil.writeUtf8(out, text);
    }
}
