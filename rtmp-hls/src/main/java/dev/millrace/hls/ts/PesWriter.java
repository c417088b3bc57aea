package dev.millrace.hls.ts;

import dev.millrace.codec.nal.NalUnitKind;
import dev.millrace.media.Bytes;
import dev.millrace.media.Codec;
import dev.millrace.sample.Sample;
import dev.millrace.sample.VideoFormat;
import java.util.List;

/**
 * Writes PES packets with the program clock reference between and in them (ISO/IEC 13818-1, 2.4.3.7, 2.7.2 and 2.14).
 * Confined to the muxer's thread.
 */
final class PesWriter {

    private static final byte[] START_CODE = {0, 0, 0, 1};
    private static final byte[] AVC_DELIMITER = {0, 0, 0, 1, 0x09, (byte) 0xF0}; // any type of slice may follow
    private static final byte[] HEVC_DELIMITER = {0, 0, 0, 1, 0x46, 0x01, 0x50};

    /** Video that is no further behind than this comes with its own PCR, and audio must not have run ahead of it. */
    private static final long VIDEO_SLACK_TICKS = 45_000;

    /** A configuration record has at most 31 SPS and 255 PPS, usual ones of some 100 bytes. */
    private static final int MAX_PARAMETER_SET_BYTES = 1 << 21;

    private final long pcrDelayTicks;
    private final Pid videoPid = new Pid(Pid.VIDEO);
    private final Pid audioPid = new Pid(Pid.AUDIO);
    private final Pid timedId3Pid = new Pid(Pid.TIMED_ID3);
    private final PcrClock clock = new PcrClock();
    private final byte[] header = new byte[PesHeader.MAX_BYTES];

    // The NAL units of an access unit that are written, by their index.
    private int[] selected = new int[16];
    private int selectedCount;
    private int zeroUnits;
    private long droppedNalUnits;

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

    /** Returns false, and has written nothing, if there is no picture or no room. */
    boolean video(Sample sample, long dts, long pts) {
        long unitBytes = select(sample);
        boolean randomAccess = sample.isRandomAccessPoint();
        boolean withSets = randomAccess && !sample.hasParameterSets();
        List<Bytes> parameterSets = withSets ? ((VideoFormat) sample.format()).parameterSets() : List.of();
        long setBytes = bytesWithStartCodes(parameterSets);
        byte[] delimiter = sample.codec() == Codec.AVC ? AVC_DELIMITER : HEVC_DELIMITER;
        int headerBytes = PesHeader.write(header, StreamId.VIDEO, PesHeader.LENGTH_OPEN, pts, dts);
        long bytes = headerBytes + delimiter.length + setBytes + unitBytes;
        if (unitBytes == 0 || setBytes > MAX_PARAMETER_SET_BYTES || !begin(videoPid, bytes, randomAccess, pcr(dts))) {
            return false;
        }
        packets.put(header, 0, headerBytes);
        packets.put(delimiter, 0, delimiter.length);
        putParameterSets(parameterSets);
        for (int i = 0; i < selectedCount; i++) {
            packets.put(START_CODE, 0, START_CODE.length);
            packets.put(sample, sample.nalUnitOffset(selected[i]), sample.nalUnitLength(selected[i]));
        }
        droppedNalUnits += zeroUnits;
        return true;
    }

    /**
     * Finds the NAL units that are written: none but one delimiter, no filler, and none that are broken.
     *
     * @return their bytes with start codes; 0 if there is no picture among them
     */
    private long select(Sample sample) {
        int count = sample.nalUnitCount();
        if (count > selected.length) {
            selected = new int[Math.max(count, 2 * selected.length)];
        }
        selectedCount = 0;
        zeroUnits = 0;
        long bytes = 0;
        boolean picture = false;
        for (int i = 0; i < count; i++) {
            NalUnitKind kind = sample.nalUnitKind(i);
            if (kind == NalUnitKind.ACCESS_UNIT_DELIMITER
                    || kind == NalUnitKind.FILLER
                    || kind == NalUnitKind.TRUNCATED) {
                continue;
            }
            if (isZero(sample, sample.nalUnitOffset(i), sample.nalUnitLength(i))) {
                zeroUnits++; // between start codes, zeros are padding
                continue;
            }
            picture |= kind.isSlice();
            bytes += START_CODE.length + sample.nalUnitLength(i);
            selected[selectedCount++] = i;
        }
        return picture ? bytes : 0;
    }

    private static boolean isZero(Sample sample, int from, int length) {
        for (int i = 0; i < length; i++) {
            if (sample.byteAt(from + i) != 0) {
                return false;
            }
        }
        return true;
    }

    /** How many NAL units of nothing but zeros were left out of access units that were written. */
    long droppedNalUnits() {
        return droppedNalUnits;
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
