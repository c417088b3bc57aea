package dev.millrace.hls.ts;

import dev.millrace.codec.aac.AdtsHeader;
import dev.millrace.hls.segment.SegmentFormat;
import dev.millrace.media.Bytes;
import dev.millrace.media.MediaFrame;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Writes the packets of one program, one segment after the other (ISO/IEC 13818-1, 2.4.3 and 2.4.4). Confined to one thread.
 *
 * <p>Call {@link #program} once, and again between two segments where the tracks change. Then for each segment {@link #beginSegment}, the frames in
 * the order in which they are to stand, and {@link #endSegment}. Continuity counters run on over all of it.
 *
 * <p>All times are ticks of 90 kHz that do not wrap; the lowest 33 bits of them are written. That they rise is the caller's affair. Frames that
 * cannot be written as valid packets are dropped and counted.
 */
public final class TsMuxer {

    /** MPEG transport stream: each segment begins with its own PAT and PMT (RFC 8216, 3.2). */
    public static final SegmentFormat FORMAT = new SegmentFormat("ts", "video/mp2t", /* hasInitializationSegment= */ false);

    /** Half of the range of 33 bits: what is further apart cannot be told from what is behind. */
    private static final long MAX_PRESENTATION_DELAY_TICKS = 1L << 32;

    private static final int AC3_SYNCWORD = 0x0B77;
    private static final int MPEG_AUDIO_SYNCWORD = 0xFFE0; // 11 bits

    /** No audio waits while a decoding time is reached that is further than 150 ms from it. */
    private static final long MAX_AUDIO_WAIT_TICKS = 13_500;

    private final PesWriter writer;
    private final PendingAudio pending;
    private final Pid patPid = new Pid(Pid.PAT);
    private final Pid pmtPid = new Pid(Pid.PMT);
    private final byte[] pat = PsiPackets.programAssociation();

    // Of the program.
    private Optional<TsProgram> program = Optional.empty();
    private int nextVersion;
    private byte[] pmt = {};

    private boolean inSegment;
    private long droppedFrames;

    /**
     * Makes a muxer without a program.
     *
     * @param options how packets are made
     */
    public TsMuxer(TsOptions options) {
        writer = new PesWriter(options.pcrDelayTicks());
        pending = new PendingAudio(options);
    }

    /**
     * Says which tracks the segments from the next one on have. The version of the program map table goes up if they are others than before.
     *
     * @param tracks video, audio and timed metadata
     * @throws IllegalStateException if a segment is under construction
     */
    public void program(TsProgram tracks) {
        checkState(!inSegment, "a segment is under construction, the program cannot change");
        if (program.equals(Optional.of(tracks))) {
            return;
        }
        program = Optional.of(tracks);
        pmt = PsiPackets.programMap(tracks, nextVersion);
        nextVersion = nextVersion + 1 & PsiPackets.MAX_VERSION;
        writer.program(tracks);
    }

    private static void checkState(boolean good, String problem) {
        if (!good) {
            throw new IllegalStateException(problem);
        }
    }

    /**
     * Begins a segment: writes the program association table and the program map table.
     *
     * @param out where packets go until {@link #endSegment()}
     * @throws IllegalStateException if a segment is under construction, or there is no program yet
     */
    public void beginSegment(SegmentBuffer out) {
        checkState(!inSegment, "a segment is under construction, another one cannot begin");
        checkState(program.isPresent(), "a segment begins without a program");
        PacketWriter packets = new PacketWriter(out);
        packets.putPacket(patPid, pat);
        packets.putPacket(pmtPid, pmt);
        writer.beginSegment(packets);
        inSegment = true;
    }

    private TsProgram current() {
        checkState(inSegment, "no segment is under construction");
        return program.orElseThrow();
    }

    /**
     * Writes an access unit: its delimiter, its parameter sets where decoding can start here, and its NAL units, each behind a start code.
     *
     * <p>Dropped and counted if the unit is empty or of another codec than the program's, or {@code pts} is not 0 to 2<sup>32</sup> ticks behind
     * {@code dts}.
     *
     * @param unit borrowed
     * @param parameterSets written ahead of a random access point that does not carry its own; each without start code
     * @param dts decoding time
     * @param pts presentation time
     * @throws IllegalStateException if no segment is under construction
     */
    public void video(VideoUnit unit, List<Bytes> parameterSets, long dts, long pts) {
        boolean wanted = has(current().video(), unit.codec());
        long delay = pts - dts;
        if (!wanted || unit.isEmpty() || delay < 0 || delay >= MAX_PRESENTATION_DELAY_TICKS) {
            droppedFrames++;
            return;
        }
        if (!pending.isEmpty() && (dts - pending.firstPts() > MAX_AUDIO_WAIT_TICKS || writer.pcr(dts) >= pending.firstPts())) {
            flushAudio();
        }
        count(writer.video(unit, parameterSets, dts, pts), 1);
    }

    private static boolean has(Optional<TsCodec> track, TsCodec codec) {
        return track.isPresent() && track.get() == codec;
    }

    private void count(boolean written, int frames) {
        droppedFrames += written ? 0 : frames;
    }

    /**
     * Adds a frame of MP3 or AC-3, or several that follow each other, as they are.
     *
     * <p>Dropped and counted if it does not begin with the syncword of the program's codec, or is too long for a PES packet.
     *
     * @param frame its bytes are copied
     * @param from first byte of the frame in the message
     * @param length bytes
     * @param pts presentation time
     * @throws IllegalStateException if no segment is under construction
     * @throws IndexOutOfBoundsException if the range is outside the message
     */
    public void audio(MediaFrame frame, int from, int length, long pts) {
        Optional<TsCodec> codec = current().audio();
        Objects.checkFromIndexSize(from, length, frame.size());
        if (codec.isEmpty() || length > PesHeader.MAX_AUDIO_PAYLOAD_BYTES || !startsWithSyncword(codec.get(), frame, from, length)) {
            droppedFrames++;
            return;
        }
        makeRoom(length, pts);
        pending.add(frame, from, length, pts);
        flushIfDue();
    }

    private static boolean startsWithSyncword(TsCodec codec, MediaFrame frame, int from, int length) {
        if (length < 2 || codec == TsCodec.AAC) {
            return false;
        }
        int start = (frame.byteAt(from) & 0xFF) << 8 | frame.byteAt(from + 1) & 0xFF;
        return codec == TsCodec.AC3 ? start == AC3_SYNCWORD : (start & MPEG_AUDIO_SYNCWORD) == MPEG_AUDIO_SYNCWORD;
    }

    private void makeRoom(int bytes, long pts) {
        if (!pending.takes(bytes, pts)) {
            flushAudio();
        }
    }

    private void flushIfDue() {
        if (pending.isDue()) {
            flushAudio();
        }
    }

    private void flushAudio() {
        TsCodec codec = program.flatMap(TsProgram::audio).orElseThrow();
        count(writer.audio(codec, pending.bytes(), pending.size(), pending.firstPts()), pending.frames());
        pending.clear();
    }

    /**
     * Adds a frame of AAC behind an ADTS header.
     *
     * <p>Dropped and counted if it is empty, longer than ADTS can say, or the program has no AAC.
     *
     * @param frame its bytes are copied
     * @param from first byte of the frame in the message
     * @param length bytes, 1 to 8184
     * @param header what all frames of the track have in common, as {@link AdtsHeader#of} makes it once from the configuration and any length;
     *     its length is not looked at, and no checksum is written
     * @param pts presentation time
     * @throws IllegalStateException if no segment is under construction
     * @throws IndexOutOfBoundsException if the range is outside the message
     */
    public void aac(MediaFrame frame, int from, int length, AdtsHeader header, long pts) {
        boolean wanted = has(current().audio(), TsCodec.AAC);
        Objects.checkFromIndexSize(from, length, frame.size());
        int bytes = AdtsHeader.BYTES + length;
        if (!wanted || length == 0 || bytes > AdtsHeader.MAX_FRAME_BYTES) {
            droppedFrames++;
            return;
        }
        makeRoom(bytes, pts);
        pending.addAac(frame, from, length, header, pts);
        flushIfDue();
    }

    /**
     * Writes timed metadata.
     *
     * <p>Dropped and counted if it is no ID3 tag, is too long for a PES packet, or the program has no stream for it.
     *
     * @param tag a complete ID3v2.4 tag, see {@link Id3Tag}
     * @param pts presentation time
     * @throws IllegalStateException if no segment is under construction
     */
    public void id3(Bytes tag, long pts) {
        boolean wanted = current().timedId3();
        count(wanted && Id3Tag.isTag(tag) && writer.id3(tag, pts), 1);
    }

    /**
     * Ends the segment: audio that waits is written. The buffer is complete afterwards.
     *
     * @throws IllegalStateException if no segment is under construction
     */
    public void endSegment() {
        checkState(inSegment, "no segment is under construction");
        if (!pending.isEmpty()) {
            flushAudio();
        }
        inSegment = false;
    }

    /**
     * How many frames and tags could not be written.
     *
     * @return a count that only rises
     */
    public long droppedFrames() {
        return droppedFrames;
    }
}
