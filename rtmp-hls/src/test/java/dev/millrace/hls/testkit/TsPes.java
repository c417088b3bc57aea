package dev.millrace.hls.testkit;

import static dev.millrace.hls.testkit.TsPacket.require;

import dev.millrace.media.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A PES packet, read by H.222.0, 2.4.3.7.
 *
 * @param first the packet that it begins in
 * @param lengthField PES_packet_length
 * @param pts as it stands there until {@link #at} unwraps it
 * @param payload what is behind the header
 */
public record TsPes(TsPacket first, int streamId, int lengthField, boolean aligned, boolean hasDts, long pts, long dts, Bytes payload) {

    static TsPes read(TsPacket first, byte[] bytes) {
        String where = "30: PES packet in " + first;
        require(bytes.length >= 14, where + " has " + bytes.length + " bytes");
        require(bytes[0] == 0 && bytes[1] == 0 && bytes[2] == 1, where + " has no start code");
        int lengthField = (bytes[4] & 0xFF) << 8 | bytes[5] & 0xFF;
        require(lengthField == 0 || lengthField == bytes.length - 6, where + " says length " + lengthField + ", got " + (bytes.length - 6));
        require((bytes[6] & 0xFB) == 0x80, where + " has flags " + bytes[6]);
        int timeFlags = bytes[7] & 0xFF;
        require(timeFlags == 0x80 || timeFlags == 0xC0, where + " has times " + timeFlags);
        boolean hasDts = timeFlags == 0xC0;
        require(bytes[8] == (hasDts ? 10 : 5), where + " has header data of " + bytes[8]);
        long pts = time(bytes, 9, hasDts ? 3 : 2, where);
        long dts = hasDts ? time(bytes, 14, 1, where) : pts;
        byte[] payload = Arrays.copyOfRange(bytes, hasDts ? 19 : 14, bytes.length);
        require(payload.length > 0, where + " is empty");
        return new TsPes(first, bytes[3] & 0xFF, lengthField, (bytes[6] & 4) != 0, hasDts, pts, dts, Bytes.takeOver(payload));
    }

    private static long time(byte[] bytes, int at, int prefix, String where) {
        long b0 = bytes[at] & 0xFF;
        long b1 = bytes[at + 1] & 0xFF;
        long b2 = bytes[at + 2] & 0xFF;
        long b3 = bytes[at + 3] & 0xFF;
        long b4 = bytes[at + 4] & 0xFF;
        require(b0 >> 4 == prefix && (b0 & 1) == 1 && (b2 & 1) == 1 && (b4 & 1) == 1, where + " has a time with wrong prefix or markers");
        return (b0 >> 1 & 7) << 30 | b1 << 22 | b2 >> 1 << 15 | b3 << 7 | b4 >> 1;
    }

    TsPes at(long unwrappedPts, long unwrappedDts) {
        return new TsPes(first, streamId, lengthField, aligned, hasDts, unwrappedPts, unwrappedDts, payload);
    }

    /** Which segment it stands in, from 0. */
    public int segment() {
        return first.segment();
    }

    /** The PID. */
    public int pid() {
        return first.pid();
    }

    /** The random_access_indicator of its first packet. */
    public boolean randomAccess() {
        return first.randomAccess();
    }

    /** The NAL units of an access unit of video, without start codes (H.264, annex B), the access unit delimiter first. */
    public List<Bytes> nalUnits() {
        List<Bytes> units = new ArrayList<>();
        int start = -1;
        for (int at = 0; at < payload.size(); at++) {
            boolean code = at + 2 < payload.size() && payload.byteAt(at) == 0 && payload.byteAt(at + 1) == 0 && payload.byteAt(at + 2) == 1;
            if (code) {
                addUnit(units, start, at);
                start = at + 3;
                at += 2;
            }
        }
        addUnit(units, start, payload.size());
        return units;
    }

    private void addUnit(List<Bytes> units, int start, int codeAt) {
        int end = codeAt;
        while (end > Math.max(0, start) && payload.byteAt(end - 1) == 0) {
            end--;
        }
        require(start >= 0 ? end > start : end == 0, "32: something else than NAL units in " + this);
        if (start >= 0) {
            units.add(payload.slice(start, end - start));
        }
    }

    /** One frame behind its ADTS header. */
    public record AdtsFrame(Bytes header, int sampleRateHz, Bytes raw) {}

    /** The frames of AAC, which must fill the payload (ISO/IEC 14496-3, 1.A.2.2). */
    public List<AdtsFrame> adtsFrames() {
        int[] rates = {96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350};
        List<AdtsFrame> frames = new ArrayList<>();
        int at = 0;
        while (at < payload.size()) {
            require(at + 7 < payload.size(), "35: part of an ADTS header in " + this);
            require(payload.byteAt(at) == -1 && (payload.byteAt(at + 1) & 0xF7) == 0xF1, "35: no ADTS syncword at " + at + " of " + this);
            int length = (payload.byteAt(at + 3) & 3) << 11 | payload.unsignedByteAt(at + 4) << 3 | payload.unsignedByteAt(at + 5) >> 5;
            require(length > 7 && at + length <= payload.size(), "35: ADTS frame of " + length + " at " + at + " of " + this);
            int rate = rates[payload.byteAt(at + 2) >> 2 & 0xF];
            frames.add(new AdtsFrame(payload.slice(at, 7), rate, payload.slice(at + 7, length - 7)));
            at += length;
        }
        return frames;
    }

    @Override
    public String toString() {
        return "PES packet of " + payload.size() + " bytes, PTS " + pts + ", DTS " + dts + ", in " + first;
    }
}
