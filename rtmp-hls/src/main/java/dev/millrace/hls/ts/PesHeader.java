package dev.millrace.hls.ts;

/**
 * The header of a PES packet, with a presentation time and, where it differs, a decoding time (ISO/IEC 13818-1,
 * 2.4.3.7).
 *
 * <pre>
 * packet_start_code_prefix 000001 (24) stream_id (8) PES_packet_length (16)
 * 2 (2) scrambling 0 (2) priority 0 (1) data_alignment_indicator 1 (1) copyright 0 (1) original 0 (1)
 * PTS_DTS_flags (2) 0 (6) PES_header_data_length (8)
 * each time: 2, or 3 and 1 (4) bits 32 to 30 (3) 1 (1) bits 29 to 15 (15) 1 (1) bits 14 to 0 (15) 1 (1)
 * </pre>
 */
final class PesHeader {

    /** With two times. */
    static final int MAX_BYTES = 19;

    /** PES_packet_length has 16 bits, and counts 3 bytes of the header and a time of 5. */
    static final int MAX_AUDIO_PAYLOAD_BYTES = 0xFFFF - 3 - 5;

    /** Of video in a transport stream, the length may be left open. */
    static final int LENGTH_OPEN = -1;

    private static final int TIME_BYTES = 5;
    private static final int FIXED_BYTES = 9;
    private static final int MARKER_AND_ALIGNMENT = 0x84;
    private static final int PTS_ONLY = 2;
    private static final int PTS_AND_DTS = 3;
    private static final int DTS_OF_TWO = 1;

    private PesHeader() {}

    /** Writes a header from index 0 on, and returns its length: 14 or 19. */
    static int write(byte[] target, int streamId, int payloadBytes, long pts, long dts) {
        int flags = pts == dts ? PTS_ONLY : PTS_AND_DTS;
        int timeBytes = pts == dts ? TIME_BYTES : 2 * TIME_BYTES;
        int length = payloadBytes == LENGTH_OPEN ? 0 : 3 + timeBytes + payloadBytes;
        target[0] = 0;
        target[1] = 0;
        target[2] = 1;
        target[3] = (byte) streamId;
        target[4] = (byte) (length >> 8);
        target[5] = (byte) length;
        target[6] = (byte) MARKER_AND_ALIGNMENT;
        target[7] = (byte) (flags << 6);
        target[8] = (byte) timeBytes;
        writeTime(target, FIXED_BYTES, flags, pts);
        if (pts != dts) {
            writeTime(target, FIXED_BYTES + TIME_BYTES, DTS_OF_TWO, dts);
        }
        return FIXED_BYTES + timeBytes;
    }

    /** The lowest 33 bits of a time, in 5 bytes. */
    static void writeTime(byte[] target, int at, int prefix, long ticks) {
        target[at] = (byte) (prefix << 4 | ticks >> 29 & 0x0E | 1);
        target[at + 1] = (byte) (ticks >> 22);
        target[at + 2] = (byte) (ticks >> 14 | 1);
        target[at + 3] = (byte) (ticks >> 7);
        target[at + 4] = (byte) (ticks << 1 | 1);
    }
}
