package dev.millrace.hls.testkit;

import java.util.Arrays;
import java.util.OptionalLong;

/**
 * One packet of 188 bytes, read by H.222.0, 2.4.3.2 and 2.4.3.4, without the help of the code under test.
 *
 * @param segment which segment it stands in, from 0
 * @param index which packet of the segment it is, from 0
 * @param fieldBytes length of the adaptation field with its length byte, 0 to 184
 * @param pcr as it stands there, 33 bits
 */
public record TsPacket(
        int segment,
        int index,
        int pid,
        boolean unitStart,
        int continuityCounter,
        int fieldBytes,
        boolean discontinuity,
        boolean randomAccess,
        OptionalLong pcr,
        byte[] payload) {

    static final int BYTES = 188;

    static TsPacket read(byte[] bytes, int segment, int index) {
        int at = index * BYTES;
        String where = "27: packet " + index + " of segment " + segment;
        require(bytes[at] == 0x47, where + " begins with " + bytes[at]);
        int second = bytes[at + 1] & 0xFF;
        require((second & 0xA0) == 0, where + " has transport_error_indicator or transport_priority");
        int fourth = bytes[at + 3] & 0xFF;
        require((fourth & 0xC0) == 0, where + " is scrambled");
        boolean hasField = (fourth & 0x20) != 0;
        boolean hasPayload = (fourth & 0x10) != 0;
        require(hasField || hasPayload, where + " has neither adaptation field nor payload");
        int fieldBytes = hasField ? 1 + (bytes[at + 4] & 0xFF) : 0;
        require(hasPayload ? fieldBytes <= 183 : fieldBytes == 184, where + " has an adaptation field of " + fieldBytes);
        int flags = fieldBytes > 1 ? bytes[at + 5] & 0xFF : 0;
        require((flags & ~0xD0) == 0, where + " has flags " + flags + " in its adaptation field");
        boolean hasPcr = (flags & 0x10) != 0;
        int stuffing = fieldBytes < 2 ? fieldBytes : hasPcr ? 8 : 2;
        for (int i = stuffing; i < fieldBytes; i++) {
            require(bytes[at + 4 + i] == -1, where + " is stuffed with something else than FF");
        }
        return new TsPacket(
                segment, index, (second & 0x1F) << 8 | bytes[at + 2] & 0xFF, (second & 0x40) != 0, fourth & 0xF, fieldBytes,
                (flags & 0x80) != 0, (flags & 0x40) != 0, hasPcr ? OptionalLong.of(pcr(bytes, at + 6, where)) : OptionalLong.empty(),
                Arrays.copyOfRange(bytes, at + 4 + fieldBytes, at + BYTES));
    }

    private static long pcr(byte[] bytes, int at, String where) {
        long value = 0;
        for (int i = 0; i < 6; i++) {
            value = value << 8 | bytes[at + i] & 0xFF;
        }
        require((value >> 9 & 0x3F) == 0x3F, where + " has reserved bits of the PCR that are not 1");
        require((value & 0x1FF) == 0, where + " has a PCR extension");
        return value >> 15;
    }

    static void require(boolean good, String invariant) {
        if (!good) {
            throw new AssertionError("invariant " + invariant);
        }
    }

    /** Whether it has more than an adaptation field. */
    public boolean hasPayload() {
        return payload.length > 0;
    }

    @Override
    public String toString() {
        return "packet " + index + " of segment " + segment + " on PID " + pid;
    }
}
