package dev.millrace.hls.ts;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The packets with the tables that say what is in a segment (ISO/IEC 13818-1, 2.4.4). Each table fits into one packet.
 *
 * <pre>
 * pointer_field 0 (8)
 * table_id (8) section_syntax_indicator 1 (1) 0 (1) 3 (2) section_length (12) id (16) 3 (2) version_number (5) current_next_indicator 1 (1)
 * section_number 0 (8) last_section_number 0 (8)
 *   PAT: program_number 1 (16) 7 (3) program_map_PID (13)
 *   PMT: 7 (3) PCR_PID (13) 15 (4) program_info_length (12) descriptors
 *        { stream_type (8) 7 (3) elementary_PID (13) 15 (4) ES_info_length (12) descriptors }
 * CRC_32 (32), then 0xFF
 * </pre>
 */
final class PsiPackets {

    static final int MAX_VERSION = 31;

    private static final int PAT_TABLE_ID = 0;
    private static final int PMT_TABLE_ID = 2;
    private static final int PROGRAM_NUMBER = 1; // and the transport_stream_id
    private static final int CRC_BYTES = 4;
    private static final int TIMED_ID3_STREAM_TYPE = 0x15;
    private static final int REGISTRATION_TAG = 5;

    private static final byte[] NONE = {};
    // metadata_pointer_descriptor, in the program's loop: both formats are ID3, service 0, carried in this transport stream, program 1
    private static final byte[] ID3_POINTER = id3(0x25, 0x00, 0x1F, 0x00, PROGRAM_NUMBER);
    // metadata_descriptor, in the stream's loop: both formats are ID3, service 0, no decoder configuration
    private static final byte[] ID3_METADATA = id3(0x26, 0x00, 0x0F);

    private PsiPackets() {}

    private static byte[] id3(int tag, int... rest) {
        byte[] id3 = "ID3 ".getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        out.write(2 + 5 + 4 + rest.length);
        out.writeBytes(new byte[] {-1, -1}); // metadata_application_format: metadata_application_format_identifier follows
        out.writeBytes(id3);
        out.write(0xFF); // metadata_format: metadata_format_identifier follows
        out.writeBytes(id3);
        for (int value : rest) {
            out.write(value);
        }
        return out.toByteArray();
    }

    static byte[] programAssociation() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        writeShort(PROGRAM_NUMBER, body);
        writeShort(0xE000 | Pid.PMT, body);
        return packet(Pid.PAT, PAT_TABLE_ID, 0, body.toByteArray());
    }

    static byte[] programMap(TsProgram program, int version) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        writeShort(0xE000 | (program.video().isPresent() ? Pid.VIDEO : Pid.AUDIO), body);
        byte[] programInfo = program.timedId3() ? ID3_POINTER : NONE;
        writeShort(0xF000 | programInfo.length, body);
        body.writeBytes(programInfo);
        program.video().ifPresent(codec -> writeStream(codec.streamType(), Pid.VIDEO, descriptors(codec), body));
        program.audio().ifPresent(codec -> writeStream(codec.streamType(), Pid.AUDIO, descriptors(codec), body));
        if (program.timedId3()) {
            writeStream(TIMED_ID3_STREAM_TYPE, Pid.TIMED_ID3, ID3_METADATA, body);
        }
        return packet(Pid.PMT, PMT_TABLE_ID, version, body.toByteArray());
    }

    /** A registration_descriptor: tag, length, format_identifier. */
    private static byte[] descriptors(TsCodec codec) {
        if (codec.formatIdentifier().isEmpty()) {
            return NONE;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(REGISTRATION_TAG);
        out.write(codec.formatIdentifier().length());
        out.writeBytes(codec.formatIdentifier().getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    private static void writeStream(int streamType, int pid, byte[] descriptors, ByteArrayOutputStream out) {
        out.write(streamType);
        writeShort(0xE000 | pid, out);
        writeShort(0xF000 | descriptors.length, out);
        out.writeBytes(descriptors);
    }

    private static byte[] packet(int pid, int tableId, int version, byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(SegmentBuffer.PACKET_BYTES);
        out.write(PacketWriter.SYNC_BYTE);
        writeShort(PacketWriter.UNIT_START << 8 | pid, out);
        out.write(PacketWriter.PAYLOAD); // the continuity counter is put in each time
        out.write(0); // pointer_field
        int sectionStart = out.size();
        out.write(tableId);
        writeShort(0xB000 | 5 + body.length + CRC_BYTES, out);
        writeShort(PROGRAM_NUMBER, out);
        out.write(0xC1 | version << 1);
        writeShort(0, out); // section_number, last_section_number
        out.writeBytes(body);
        int crc = Crc32Mpeg2.of(out.toByteArray(), sectionStart, out.size() - sectionStart);
        writeShort(crc >>> 16, out);
        writeShort(crc, out);
        byte[] packet = Arrays.copyOf(out.toByteArray(), SegmentBuffer.PACKET_BYTES);
        Arrays.fill(packet, out.size(), packet.length, (byte) 0xFF);
        return packet;
    }

    private static void writeShort(int value, ByteArrayOutputStream out) {
        out.write(value >> 8);
        out.write(value);
    }
}
