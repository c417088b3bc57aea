package dev.millrace.hls.ts;

import dev.millrace.media.Bytes;
import java.util.List;

/**
 * Writes PES packets with the program clock reference between and in them (ISO/IEC 13818-1, 2.4.3.7, 2.7.2 and 2.14). Confined to the muxer's
 * thread.
 */
final class PesWriter {

    private static final byte[] START_CODE = {0, 0, 0, 1};
    private static final byte[] AVC_DELIMITER = {0, 0, 0, 1, 0x09, (byte) 0xF0}; // any type of slice may follow
    private static final byte[] HEVC_DELIMITER = {0, 0, 0, 1, 0x46, 0x01, 0x50};

    /** Video that is no further behind than this comes with its own PCR, and audio must not have run ahead of it. */
    private static final long VIDEO_SLACK_TICKS = 45_000;

    private static final int MAX_PARAMETER_SET_BYTES = 1 << 21; // a configuration record has at most 31 SPS and 255 PPS, sane ones of some 100 bytes

    private final long pcrDelayTicks;
    private final Pid videoPid = new Pid(Pid.VIDEO);
    private final Pid audioPid = new Pid(Pid.AUDIO);
    private final Pid timedId3Pid = new Pid(Pid.TIMED_ID3);
    private final PcrClock clock = new PcrClock();
    private final byte[] header = new byte[PesHeader.MAX_BYTES];

    private boolean withVideo;
    private PacketWriter packets = new PacketWriter(new SegmentBuffer());

    PesWriter(long pcrDelayTicks) {
        this.pcrDelayTicks = pcrDelayTicks;
    }

    void program(TsProgram program) {
        withVideo = program.video().isPresent();
    }

    void beginSegment(PacketWriter out) {
        packets = out;
    }

    /** The PCR that comes with a decoding time. */
    long pcr(long dts) {
        return dts - pcrDelayTicks;
    }

    /** Returns false, and has written nothing, if there is no room. */
    boolean video(VideoUnit unit, List<Bytes> parameterSets, long dts, long pts) {
        boolean withSets = unit.isRandomAccessPoint() && !unit.hasParameterSets();
        long setBytes = withSets ? bytesWithStartCodes(parameterSets) : 0;
        byte[] delimiter = unit.codec() == TsCodec.AVC ? AVC_DELIMITER : HEVC_DELIMITER;
        int headerBytes = PesHeader.write(header, StreamId.VIDEO, PesHeader.LENGTH_OPEN, pts, dts);
        long bytes = headerBytes + delimiter.length + setBytes + unit.bytesWithStartCodes();
        if (setBytes > MAX_PARAMETER_SET_BYTES || !begin(videoPid, bytes, unit.isRandomAccessPoint(), pcr(dts))) {
            return false;
        }
        packets.put(header, 0, headerBytes);
        packets.put(delimiter, 0, delimiter.length);
        if (withSets) {
            putParameterSets(parameterSets);
        }
        for (int i = 0; i < unit.count(); i++) {
            packets.put(START_CODE, 0, START_CODE.length);
            packets.put(unit.frame(), unit.start(i), unit.length(i));
        }
        return true;
    }

    private static long bytesWithStartCodes(List<Bytes> nalUnits) {
        long bytes = 0;
        for (int i = 0; i < nalUnits.size(); i++) {
            int size = nalUnits.get(i).size();
            bytes += size == 0 ? 0 : START_CODE.length + size;
        }
        return bytes;
    }

    private void putParameterSets(List<Bytes> parameterSets) {
        for (int i = 0; i < parameterSets.size(); i++) {
            Bytes set = parameterSets.get(i);
            if (set.size() > 0) {
                packets.put(START_CODE, 0, START_CODE.length);
                packets.put(set);
            }
        }
    }

    /** Returns false, and has written nothing, if there is no room. */
    boolean audio(TsCodec codec, byte[] frames, int length, long pts) {
        int headerBytes = PesHeader.write(header, codec.streamId(), length, pts, pts);
        int bytes = headerBytes + length;
        boolean begun = withVideo ? beginBesideVideo(bytes, pts) : begin(audioPid, bytes, /* randomAccess= */ true, pcr(pts));
        if (begun) {
            packets.put(header, 0, headerBytes);
            packets.put(frames, 0, length);
        }
        return begun;
    }

    /** Returns false, and has written nothing, if there is no room. */
    boolean id3(Bytes tag, long pts) {
        int headerBytes = PesHeader.write(header, StreamId.PRIVATE_1, tag.size(), pts, pts);
        int bytes = headerBytes + tag.size();
        if (!packets.hasRoomFor(bytes, 0)) {
            return false;
        }
        packets.begin(timedId3Pid, bytes, /* flags= */ 0, /* pcr= */ 0);
        packets.put(header, 0, headerBytes);
        packets.put(tag);
        return true;
    }

    /** Begins a PES packet of the track that has the PCR. */
    private boolean begin(Pid pid, long bytes, boolean randomAccess, long pcr) {
        int missing = clock.missingBefore(pcr);
        if (!packets.hasRoomFor(bytes, missing)) {
            return false;
        }
        fill(pid, missing);
        int flags = randomAccess ? PacketWriter.RANDOM_ACCESS : 0;
        if (clock.isNext(pcr)) {
            flags |= PacketWriter.PCR | (clock.isJump(pcr) ? PacketWriter.DISCONTINUITY : 0);
            clock.set(pcr);
        }
        packets.begin(pid, (int) bytes, flags, pcr);
        return true;
    }

    /** Where video pauses, its clock goes on. */
    private boolean beginBesideVideo(int bytes, long pts) {
        int missing = clock.missingBefore(pcr(pts) - VIDEO_SLACK_TICKS + 1);
        if (!packets.hasRoomFor(bytes, missing)) {
            return false;
        }
        fill(videoPid, missing);
        packets.begin(audioPid, bytes, /* flags= */ 0, /* pcr= */ 0);
        return true;
    }

    private void fill(Pid pid, int missing) {
        for (int i = 0; i < missing; i++) {
            packets.putPcr(pid, clock.fill());
        }
    }
}
