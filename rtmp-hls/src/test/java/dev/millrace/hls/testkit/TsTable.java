package dev.millrace.hls.testkit;

import static dev.millrace.hls.testkit.TsPacket.require;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;

/**
 * A program map table, read by H.222.0, 2.4.4.8.
 *
 * @param programDescriptors in hexadecimal
 */
public record TsTable(int version, int pcrPid, String programDescriptors, List<Stream> streams) {

    private static final HexFormat HEX = HexFormat.of();

    /** One elementary stream; the descriptors in hexadecimal. */
    public record Stream(int streamType, int pid, String descriptors) {

        boolean isVideo() {
            return streamType == 0x1B || streamType == 0x24;
        }

        boolean isTimedId3() {
            return streamType == 0x15;
        }
    }

    /** The PID of the first stream of a type. */
    public OptionalInt pidOf(int streamType) {
        return streams.stream().filter(stream -> stream.streamType == streamType).mapToInt(Stream::pid).findFirst();
    }

    boolean hasSameContent(TsTable other) {
        return pcrPid == other.pcrPid && programDescriptors.equals(other.programDescriptors) && streams.equals(other.streams);
    }

    /** The PID of the only program in a program association table. */
    static int programMapPid(TsPacket packet) {
        byte[] section = section(packet, 0, 0x00);
        require(section.length == 16, "28: " + packet + " has no association with one program: " + HEX.formatHex(section));
        require(unsignedShort(section, 8) != 0, "28: " + packet + " has program 0");
        return unsignedShort(section, 10) & 0x1FFF;
    }

    static TsTable programMap(TsPacket packet, int pid) {
        byte[] section = section(packet, pid, 0x02);
        int end = section.length - 4;
        int infoEnd = 12 + (unsignedShort(section, 10) & 0xFFF);
        List<Stream> streams = new ArrayList<>();
        int at = infoEnd;
        while (at < end) {
            int descriptorsEnd = at + 5 + (unsignedShort(section, at + 3) & 0xFFF);
            require(descriptorsEnd <= end, "28: " + packet + " has a stream that leads past the table");
            String descriptors = HEX.formatHex(section, at + 5, descriptorsEnd);
            streams.add(new Stream(section[at] & 0xFF, unsignedShort(section, at + 1) & 0x1FFF, descriptors));
            at = descriptorsEnd;
        }
        return new TsTable(
                section[5] >> 1 & 0x1F, unsignedShort(section, 8) & 0x1FFF, HEX.formatHex(section, 12, infoEnd), List.copyOf(streams));
    }

    private static byte[] section(TsPacket packet, int pid, int tableId) {
        String where = "28: " + packet;
        byte[] payload = packet.payload();
        boolean start = packet.pid() == pid && packet.unitStart() && packet.fieldBytes() == 0;
        require(start, where + " is not the start of a table on PID " + pid);
        require(payload[0] == 0 && payload[1] == tableId, where + " has pointer " + payload[0] + " and table " + payload[1]);
        int length = 3 + (unsignedShort(payload, 2) & 0xFFF);
        require(length <= 183 && (payload[2] & 0xF0) == 0xB0, where + " has a section of " + length);
        byte[] section = Arrays.copyOfRange(payload, 1, 1 + length);
        require(crc(section) == 0, where + " has a bad CRC");
        require((section[5] & 1) == 1 && section[6] == 0 && section[7] == 0, where + " is not the only section that holds now");
        for (int i = 1 + length; i < payload.length; i++) {
            require(payload[i] == -1, where + " is stuffed with something else than FF");
        }
        return section;
    }

    private static int unsignedShort(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
    }

    /** 0 over a section with its CRC (annex A). One bit of input at a time, as the figure there has it. */
    public static int crc(byte[] bytes) {
        int register = -1;
        for (byte value : bytes) {
            for (int bit = 7; bit >= 0; bit--) {
                boolean one = (register < 0) != ((value >> bit & 1) == 1);
                register = (register << 1) ^ (one ? 0x04C11DB7 : 0);
            }
        }
        return register;
    }
}
