package dev.millrace.amf;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.HashMap;
import java.util.Map;

/** Writes the AMF3 values of one message, with the tables that they share. What it does may be left half done if it throws. */
final class Amf3Encoder implements Amf3Walk.Visitor {

    private static final int MAX_U29 = 0x1FFFFFFF;
    /** Bit 0 of a header; all of it where there is neither a length nor a count. */
    private static final int NOT_A_REFERENCE = 1;

    private final ByteBuf out;
    private final Amf3Walk walk = new Amf3Walk(this);
    private final Map<String, Integer> strings = new HashMap<>();
    private final Map<Amf3Traits, Integer> traits = new HashMap<>();

    Amf3Encoder(ByteBuf out) {
        this.out = out;
    }

    void write(Amf3Value value) {
        walk.through(value);
    }

    @Override
    public void reference(Amf3Complex value, int index) {
        out.writeByte(markerOf(value));
        writeU29((long) index << 1);
    }

    @Override
    public void name(String name) {
        writeString(name);
    }

    @Override
    public void value(Amf3Value value) {
        out.writeByte(markerOf(value));
        if (value instanceof Amf3Integer integer) {
            writeU29(integer.value() & MAX_U29);
        } else if (value instanceof Amf3Double number) {
            out.writeDouble(number.value());
        } else if (value instanceof Amf3String string) {
            writeString(string.value());
        } else if (value instanceof Amf3Complex complex) {
            writeComplex(complex);
        }
        // A constant is its marker and nothing else.
    }

    /** Writes what is before the parts. */
    private void writeComplex(Amf3Complex value) {
        if (value instanceof Amf3XmlDocument xml) {
            writeText(xml.text());
        } else if (value instanceof Amf3Xml xml) {
            writeText(xml.text());
        } else if (value instanceof Amf3Date date) {
            writeU29(NOT_A_REFERENCE);
            out.writeDouble(date.epochMillis());
        } else if (value instanceof Amf3ByteArray array) {
            writeLength(array.bytes().size());
            array.bytes().writeTo(out);
        } else if (value instanceof Amf3NumberVector vector) {
            writeNumbers(vector);
        } else if (value instanceof Amf3Array array) {
            writeLength(array.dense().size());
        } else if (value instanceof Amf3Object object) {
            writeTraits(object.traits());
        } else if (value instanceof Amf3ObjectVector vector) {
            writeLength(vector.values().size());
            out.writeBoolean(vector.fixed());
            writeString(vector.typeName());
        } else if (value instanceof Amf3Dictionary dictionary) {
            writeLength(dictionary.entries().size());
            out.writeBoolean(dictionary.weakKeys());
        } else {
            throw new AssertionError(value.getClass());
        }
    }

    private void writeNumbers(Amf3NumberVector vector) {
        writeLength(vector.size());
        out.writeBoolean(vector.fixed());
        for (int i = 0; i < vector.size(); i++) {
            double value = vector.valueAt(i);
            if (vector.kind() == Amf3NumberVector.Kind.DOUBLE) {
                out.writeDouble(value);
            } else {
                out.writeInt((int) (long) value);
            }
        }
    }

    private void writeTraits(Amf3Traits of) {
        Integer known = traits.putIfAbsent(of, traits.size());
        if (known != null) {
            writeU29((long) known << 2 | 0b01);
            return;
        }
        writeU29((long) of.sealedNames().size() << 4 | (of.dynamic() ? 0b1011 : 0b0011));
        writeString(of.className());
        of.sealedNames().forEach(this::writeString);
    }

    /** Writes a string without a marker. */
    private void writeString(String text) {
        if (text.isEmpty()) {
            writeLength(0); // never in the table
            return;
        }
        Integer known = strings.putIfAbsent(text, strings.size());
        if (known != null) {
            writeU29((long) known << 1);
            return;
        }
        writeText(text);
    }

    private void writeText(String text) {
        writeLength(ByteBufUtil.utf8Bytes(text));
        ByteBufUtil.writeUtf8(out, text);
    }

    /** Writes a length or a count, with the bit that it is no reference. */
    private void writeLength(int length) {
        writeU29((long) length << 1 | NOT_A_REFERENCE);
    }

    /** Writes a number of 29 bits. AMF 3, section 1.3.1. */
    void writeU29(long value) {
        if (value > MAX_U29) {
            throw new IllegalArgumentException("AMF3 header " + value + " exceeds " + MAX_U29);
        }
        int bits = (int) value;
        if (bits < 1 << 7) {
            out.writeByte(bits);
        } else if (bits < 1 << 14) {
            out.writeByte(bits >>> 7 | 0x80).writeByte(bits & 0x7F);
        } else if (bits < 1 << 21) {
            out.writeByte(bits >>> 14 | 0x80).writeByte(bits >>> 7 | 0x80).writeByte(bits & 0x7F);
        } else {
            out.writeByte(bits >>> 22 | 0x80).writeByte(bits >>> 15 | 0x80).writeByte(bits >>> 8 | 0x80).writeByte(bits);
        }
    }

    private static int markerOf(Amf3Value value) {
        if (value instanceof Amf3Complex complex) {
            return markerOf(complex);
        }
        if (value instanceof Amf3Integer) {
            return Amf3Marker.INTEGER;
        }
        if (value instanceof Amf3Double) {
            return Amf3Marker.DOUBLE;
        }
        if (value instanceof Amf3String) {
            return Amf3Marker.STRING;
        }
        return switch ((Amf3Constant) value) {
            case UNDEFINED -> Amf3Marker.UNDEFINED;
            case NULL -> Amf3Marker.NULL;
            case FALSE -> Amf3Marker.FALSE;
            case TRUE -> Amf3Marker.TRUE;
        };
    }

    private static int markerOf(Amf3Complex value) {
        if (value instanceof Amf3NumberVector vector) {
            return switch (vector.kind()) {
                case INT -> Amf3Marker.VECTOR_INT;
                case UINT -> Amf3Marker.VECTOR_UINT;
                case DOUBLE -> Amf3Marker.VECTOR_DOUBLE;
            };
        }
        if (value instanceof Amf3XmlDocument) {
            return Amf3Marker.XML_DOCUMENT;
        }
        if (value instanceof Amf3Xml) {
            return Amf3Marker.XML;
        }
        if (value instanceof Amf3Date) {
            return Amf3Marker.DATE;
        }
        if (value instanceof Amf3ByteArray) {
            return Amf3Marker.BYTE_ARRAY;
        }
        if (value instanceof Amf3Array) {
            return Amf3Marker.ARRAY;
        }
        if (value instanceof Amf3Object) {
            return Amf3Marker.OBJECT;
        }
        return value instanceof Amf3ObjectVector ? Amf3Marker.VECTOR_OBJECT : Amf3Marker.DICTIONARY;
    }
}
