package dev.millrace.hls.ts;

import dev.millrace.media.Bytes;
import dev.millrace.sample.Sample;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Cuts the bytes of a PES packet into packets, in one pass: its length is known before, so that each packet is laid
 * out when it is reached.
 *
 * <pre>
 * sync_byte 0x47 (8) transport_error_indicator 0 (1) payload_unit_start_indicator (1) transport_priority 0 (1) PID (13)
 * scrambling 0 (2) adaptation_field_control (2) continuity_counter (4)
 * [adaptation_field_length (8) [discontinuity_indicator (1) random_access_indicator (1) 0 (1) PCR_flag (1) 0 (4)
 *  [program_clock_reference_base (33) 63 (6) extension 0 (9)] 0xFF ...]]
 * </pre>
 *
 * @see <a href="https://www.itu.int/rec/T-REC-H.222.0">ITU-T H.222.0, 2.4.3.2 and 2.4.3.4</a>
 */
final class PacketWriter {

    static final int SYNC_BYTE = 0x47;
    static final int UNIT_START = 0x40; // of the second byte
    static final int PAYLOAD = 0x10; // of the fourth byte, as is the next
    static final int ADAPTATION_FIELD = 0x20;

    // Of the adaptation field.
    static final int DISCONTINUITY = 0x80;
    static final int RANDOM_ACCESS = 0x40;
    static final int PCR = 0x10;

    static final int HEADER_BYTES = 4;
    static final int BODY_BYTES = SegmentBuffer.PACKET_BYTES - HEADER_BYTES;

    private static final int PCR_BYTES = 6;
    /** The four bytes of the header at once. */
    private static final VarHandle HEADER = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final SegmentBuffer out;

    // The PES packet.
    private Pid pid;
    private int left;

    // The packet.
    private byte[] chunk;
    private int at;
    private int room;

    PacketWriter(SegmentBuffer out) {
        this.out = out;
    }

    /** Whether a PES packet of that many bytes, and some more packets, are allowed. */
    boolean hasRoomFor(long bytes, int morePackets) {
        return out.hasRoomFor(bytes / BODY_BYTES + 2 + morePackets);
    }

    /** A table. */
    void putPacket(Pid tablePid, byte[] packet) {
        take();
        System.arraycopy(packet, 0, chunk, at, packet.length);
        chunk[at + 3] |= (byte) tablePid.nextContinuityCounter();
    }

    /** A packet with a PCR and no payload. */
    void putPcr(Pid pcrPid, long pcr) {
        take();
        writeHeader(pcrPid.number(), ADAPTATION_FIELD | pcrPid.lastContinuityCounter());
        writeAdaptationField(BODY_BYTES, PCR, pcr);
    }

    /**
     * Begins a PES packet. Exactly {@code bytes} must be put afterwards.
     *
     * @param flags of the adaptation field of the first packet; 0 for none
     * @param pcr written if the flags have it
     */
    void begin(Pid pesPid, int bytes, int flags, long pcr) {
        pid = pesPid;
        left = bytes;
        beginPacket(UNIT_START, flags, pcr);
    }

    void put(byte[] bytes, int from, int length) {
        int next = from;
        while (next < from + length) {
            int count = step(from + length - next);
            System.arraycopy(bytes, next, chunk, at, count);
            at += count;
            next += count;
        }
    }

    void put(Bytes bytes) {
        int next = 0;
        while (next < bytes.size()) {
            int count = step(bytes.size() - next);
            bytes.getBytes(next, chunk, at, count);
            at += count;
            next += count;
        }
    }

    void put(Sample sample, int from, int length) {
        int next = from;
        int end = from + length;
        while (next < end) {
            if (room == 0 && end - next >= BODY_BYTES) {
                next += putWholePackets(sample, next, (end - next) / BODY_BYTES);
                continue;
            }
            int count = step(end - next);
            sample.getBytes(next, chunk, at, count);
            at += count;
            next += count;
        }
    }

    /**
     * Most of a stream goes this way: packets of header and payload alone, as many as the chunk takes. Returns how
     * many bytes went.
     */
    private int putWholePackets(Sample sample, int from, int packets) {
        int count = out.nextPackets(packets);
        byte[] target = out.chunk();
        int to = out.position() - count * SegmentBuffer.PACKET_BYTES;
        int next = from;
        int header = SYNC_BYTE << 24 | pid.number() << 8 | PAYLOAD;
        int counter = pid.nextContinuityCounters(count);
        for (int i = 0; i < count; i++) {
            HEADER.set(target, to, header | counter + i & 0xF);
            sample.getBytes(next, target, to + HEADER_BYTES, BODY_BYTES);
            to += SegmentBuffer.PACKET_BYTES;
            next += BODY_BYTES;
        }
        left -= next - from;
        return next - from;
    }

    /** How many bytes go into the packet, which is a new one if the last one is full. */
    private int step(int wanted) {
        if (room == 0) {
            beginPacket(/* unitStart= */ 0, /* flags= */ 0, /* pcr= */ 0);
        }
        int count = Math.min(room, wanted);
        room -= count;
        return count;
    }

    private void beginPacket(int unitStart, int flags, long pcr) {
        int wantedField = flags == 0 ? 0 : (flags & PCR) == 0 ? 2 : 2 + PCR_BYTES;
        room = Math.min(BODY_BYTES - wantedField, left);
        left -= room;
        int field = BODY_BYTES - room;
        take();
        writeHeader(unitStart << 8 | pid.number(), (field == 0 ? PAYLOAD : ADAPTATION_FIELD | PAYLOAD) | pid.nextContinuityCounter());
        if (field > 0) {
            writeAdaptationField(field, flags, pcr);
        }
    }

    private void take() {
        chunk = out.nextPacket();
        at = out.position() - SegmentBuffer.PACKET_BYTES;
    }

    private void writeHeader(int startAndPid, int control) {
        HEADER.set(chunk, at, SYNC_BYTE << 24 | startAndPid << 8 | control);
        at += HEADER_BYTES;
    }

    /** Fills that many bytes; a single one is the length alone, without flags. */
    private void writeAdaptationField(int bytes, int flags, long pcr) {
        int end = at + bytes;
        chunk[at++] = (byte) (bytes - 1);
        if (bytes == 1) {
            return;
        }
        chunk[at++] = (byte) flags;
        if ((flags & PCR) != 0) {
            writePcr(chunk, at, pcr);
            at += PCR_BYTES;
        }
        Arrays.fill(chunk, at, end, (byte) 0xFF);
        at = end;
    }

    /** The lowest 33 bits, six reserved bits, and an extension of 0. */
    static void writePcr(byte[] target, int at, long ticks) {
        target[at] = (byte) (ticks >> 25);
        target[at + 1] = (byte) (ticks >> 17);
        target[at + 2] = (byte) (ticks >> 9);
        target[at + 3] = (byte) (ticks >> 1);
        target[at + 4] = (byte) (ticks << 7 | 0x7E);
        target[at + 5] = 0;
    }
}
