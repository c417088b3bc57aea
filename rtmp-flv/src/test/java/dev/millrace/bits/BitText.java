package dev.millrace.bits;

import dev.millrace.media.Bytes;

/**
 * Bits as a text, to write parameter sets by hand: {@code 8=103} is 103 in eight bits, {@code ue=5} and {@code se=-3} are Exp-Golomb numbers,
 * {@code 1=0*9} is nine times the same. The last byte is filled up with zeros.
 */
public final class BitText {

    private final StringBuilder bits = new StringBuilder();

    private BitText() {}

    /** The bytes of a text. */
    public static Bytes bytes(String text) {
        BitText writer = new BitText();
        for (String word : text.strip().split("\\s+")) {
            String[] repeated = word.split("\\*");
            String[] assigned = repeated[0].split("=");
            int times = repeated.length > 1 ? Integer.parseInt(repeated[1]) : 1;
            for (int i = 0; i < times; i++) {
                writer.write(assigned[0], Long.parseLong(assigned[1]));
            }
        }
        return writer.toBytes();
    }

    /** The bytes with a byte of 3 wherever two zeros come before a byte of 0 to 3, as in a NAL unit. */
    public static Bytes nalUnit(String text) {
        Bytes plain = bytes(text);
        byte[] escaped = new byte[2 * plain.size()];
        int length = 0;
        int zeros = 0;
        for (int i = 0; i < plain.size(); i++) {
            if (zeros == 2 && plain.unsignedByteAt(i) <= 3) {
                escaped[length++] = 3;
                zeros = 0;
            }
            escaped[length++] = plain.byteAt(i);
            zeros = plain.byteAt(i) == 0 ? zeros + 1 : 0;
        }
        return Bytes.takeOver(escaped).slice(0, length);
    }

    private void write(String kind, long value) {
        switch (kind) {
            case "ue" -> golomb(value + 1);
            case "se" -> golomb(value > 0 ? 2 * value : -2 * value + 1);
            default -> number(Integer.parseInt(kind), value);
        }
    }

    private void golomb(long number) {
        int length = Long.SIZE - Long.numberOfLeadingZeros(number);
        number(length - 1, 0);
        number(length, number);
    }

    private void number(int length, long value) {
        for (int i = length - 1; i >= 0; i--) {
            bits.append(value >> i & 1);
        }
    }

    private Bytes toBytes() {
        while (bits.length() % 8 != 0) {
            bits.append('0');
        }
        byte[] bytes = new byte[bits.length() / 8];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(bits.substring(8 * i, 8 * i + 8), 2);
        }
        return Bytes.takeOver(bytes);
    }
}
