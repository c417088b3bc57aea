package dev.millrace.amf;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Encodes values in AMF3, where there is a choice at random: integer or double, array or vector, array with names or
 * dictionary, sealed or dynamic members, reference or copy. Each encoding is read as the same value. Confined to one
 * thread.
 */
final class Amf3Encoder {

    private final ByteBuf out;
    private final Random random;

    // The reference tables.
    private final Map<String, Integer> strings = new HashMap<>();
    private final Map<AmfValue, Integer> objects = new IdentityHashMap<>();
    private final Map<List<Object>, Integer> traits = new HashMap<>();
    private int begun;

    Amf3Encoder(ByteBuf out, Random random) {
        this.out = out;
        this.random = random;
    }

    void write(AmfValue value) {
        if (value instanceof AmfNumber number) {
            writeNumber(number.value());
        } else if (value instanceof AmfBoolean bool) {
            out.writeByte(bool.value() ? 0x03 : 0x02);
        } else if (value instanceof AmfString string) {
            out.writeByte(0x06);
            writeString(string.value());
        } else if (value == AmfConstant.NULL) {
            out.writeByte(0x01);
        } else if (value == AmfConstant.UNDEFINED) {
            out.writeByte(0x00);
        } else if (objects.containsKey(value) && random.nextInt(4) > 0) {
            out.writeByte(0x07 + random.nextInt(11)); // by the marker of any kind that can be referred to
            writeU29(objects.get(value) << 1);
        } else {
            writeComplex(value);
        }
    }

    private void writeNumber(double value) {
        boolean fits = value == (int) value && (int) value << 3 >> 3 == value && Double.doubleToRawLongBits(value) != 1L << 63;
        if (fits && random.nextBoolean()) {
            out.writeByte(0x04);
            writeU29((int) value & 0x1FFFFFFF);
        } else {
            out.writeByte(0x05).writeDouble(value);
        }
    }

    private void writeComplex(AmfValue value) {
        int index = begun++;
        if (value != AmfConstant.UNSUPPORTED) {
            objects.put(value, index); // a copy takes the place of the one before
        }
        if (value instanceof AmfDate date) {
            out.writeByte(0x08).writeByte(1).writeDouble(date.epochMillis());
        } else if (value instanceof AmfXmlDocument xml) {
            out.writeByte(random.nextBoolean() ? 0x07 : 0x0B);
            writeU29(ByteBufUtil.utf8Bytes(xml.text()) << 1 | 1);
            ByteBufUtil.writeUtf8(out, xml.text());
        } else if (value instanceof AmfStrictArray array) {
            writeElements(array.values());
        } else if (value instanceof AmfEcmaArray array) {
            writeNamed(array.properties());
        } else if (value instanceof AmfTypedObject object) {
            writeObject(object.className(), object.properties());
        } else if (value instanceof AmfObject object) {
            writeObject("", object.properties());
        } else {
            byte[] bytes = new byte[random.nextInt(4)];
            out.writeByte(0x0C);
            writeU29(bytes.length << 1 | 1);
            out.writeBytes(bytes);
        }
    }

    private void writeElements(List<AmfValue> values) {
        boolean numbers = values.stream().allMatch(value -> value instanceof AmfNumber);
        int kind = random.nextInt(numbers ? 3 : 2);
        out.writeByte(List.of(0x09, 0x10, 0x0F).get(kind));
        writeU29(values.size() << 1 | 1);
        if (kind == 0) {
            writeString("");
        } else {
            out.writeBoolean(random.nextBoolean());
        }
        if (kind == 1) {
            writeString("name");
        }
        for (AmfValue value : values) {
            if (kind == 2) {
                out.writeDouble(((AmfNumber) value).value());
            } else {
                write(value);
            }
        }
    }

    private void writeNamed(Map<String, AmfValue> members) {
        boolean dictionary = members.isEmpty() || members.containsKey("") || random.nextBoolean();
        out.writeByte(dictionary ? 0x11 : 0x09);
        writeU29(dictionary ? members.size() << 1 | 1 : 1);
        if (dictionary) {
            out.writeBoolean(random.nextBoolean());
        }
        members.forEach((name, value) -> {
            if (dictionary) {
                out.writeByte(0x06);
            }
            writeString(name);
            write(value);
        });
        if (!dictionary) {
            writeString("");
        }
    }

    private void writeObject(String className, Map<String, AmfValue> members) {
        List<String> names = new ArrayList<>(members.keySet());
        int sealed = random.nextInt(names.size() + 1);
        if (names.indexOf("") >= sealed) {
            sealed = names.size(); // a dynamic member without a name would be the end
        }
        List<String> sealedNames = names.subList(0, sealed);
        boolean dynamic = sealed < names.size() || random.nextBoolean();
        out.writeByte(0x0A);
        List<Object> these = List.of(className, dynamic, List.copyOf(sealedNames));
        if (traits.containsKey(these)) {
            writeU29(traits.get(these) << 2 | 1);
        } else {
            writeU29(sealed << 4 | (dynamic ? 0b1011 : 0b0011));
            writeString(className);
            sealedNames.forEach(this::writeString);
            traits.put(these, traits.size());
        }
        sealedNames.forEach(name -> write(members.get(name)));
        if (dynamic) {
            names.subList(sealed, names.size()).forEach(name -> {
                writeString(name);
                write(members.get(name));
            });
            writeString("");
        }
    }

    private void writeString(String text) {
        if (strings.containsKey(text)) {
            writeU29(strings.get(text) << 1);
            return;
        }
        if (!text.isEmpty()) {
            strings.put(text, strings.size());
        }
        writeU29(ByteBufUtil.utf8Bytes(text) << 1 | 1);
        ByteBufUtil.writeUtf8(out, text);
    }

    /** Writes a number of 29 bits. */
    private void writeU29(int value) {
        int more = 0x80;
        if (value >= 1 << 21) {
            out.writeByte(value >> 22 | more).writeByte(value >> 15 | more).writeByte(value >> 8 | more).writeByte(value);
            return;
        }
        if (value >= 1 << 14) {
            out.writeByte(value >> 14 | more);
        }
        if (value >= 1 << 7) {
            out.writeByte(value >> 7 | more);
        }
        out.writeByte(value & 0x7F);
    }
}
