package dev.millrace.hls.ts;

import dev.millrace.codec.aac.AdtsHeader;
import dev.millrace.hls.segment.Id3Tag;
import dev.millrace.hls.segment.SegmentMuxer;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaKind;
import dev.millrace.sample.Sample;
import dev.millrace.sample.TrackFormat;
import dev.millrace.sample.VideoFormat;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Writes the packets of one program, one segment after the other (ISO/IEC 13818-1, 2.4.3 and 2.4.4). Confined to one
 * thread.
 *
 * <p>Continuity counters run on over all segments. All times are ticks of 90 kHz that do not wrap; the lowest 33 bits
 * of them are written. Samples that cannot be written as valid packets are dropped and counted.
 */
final class TsMuxer implements SegmentMuxer {

    /** Half of the range of 33 bits: what is further apart cannot be told from what is behind. */
    private static final long MAX_PRESENTATION_DELAY_TICKS = 1L << 32;

    /** No audio waits while a decoding time is reached that is further than 150 ms from it. */
    private static final long MAX_AUDIO_WAIT_TICKS = 13_500;

    /** One PES packet with audio that waits, and the tables. */
    private static final int RESERVED_BYTES = 128 << 10;

    /**
     * A NAL unit gets a start code in place of its length, three bytes more at most, and an access unit has 4,096 of
     * them at most.
     */
    private static final int UNIT_OVERHEAD_BYTES = 16 << 10;

    private final boolean timedId3;
    private final SegmentBuffer buffer;
    private final PesWriter writer;
    private final PendingAudio pending;
    private final Pid patPid = new Pid(Pid.PAT);
    private final Pid pmtPid = new Pid(Pid.PMT);
    private final byte[] pat = PsiPackets.programAssociation();

    // Of the program.
    private Optional<TsProgram> program = Optional.empty();
    private int nextVersion;
    private byte[] pmt = {};
    private Optional<AdtsHeader> adts = Optional.empty();

    private boolean inSegment;
    private long droppedSamples;

    /** The buffer is that of all segments, and bounds them. */
    TsMuxer(TsOptions options, boolean timedId3, SegmentBuffer buffer) {
        this.timedId3 = timedId3;
        this.buffer = buffer;
        writer = new PesWriter(options.pcrDelayTicks());
        pending = new PendingAudio(options);
    }

    /**
     * Writes the program association table and the program map table, whose version goes up if the tracks are others
     * than before.
     */
    @Override
    public Optional<Bytes> begin(List<TrackFormat> formats) {
        checkState(!inSegment, "a segment is under construction, another one cannot begin");
        TsProgram next = TsProgram.of(formats, timedId3);
        if (!program.equals(Optional.of(next))) {
            program = Optional.of(next);
            pmt = PsiPackets.programMap(next, nextVersion);
            nextVersion = nextVersion + 1 & PsiPackets.MAX_VERSION;
            writer.program(next);
        }
        adts = formats.stream().filter(format -> format.codec() == TsCodec.AAC.codec()).findFirst().map(TsMuxer::adts);
        PacketWriter packets = new PacketWriter(buffer);
        packets.putPacket(patPid, pat);
        packets.putPacket(pmtPid, pmt);
        writer.beginSegment(packets);
        inSegment = true;
        return Optional.empty();
    }

    private static AdtsHeader adts(TrackFormat format) {
        try {
            return TsOptions.adts(format);
        } catch (MalformedException e) {
            throw new IllegalArgumentException(format + " is refused: " + e.getMessage(), e);
        }
    }

    private static void checkState(boolean good, String problem) {
        if (!good) {
            throw new IllegalStateException(problem);
        }
    }

    private TsProgram current() {
        checkState(inSegment, "no segment is under construction");
        return program.orElseThrow();
    }

    /**
     * {@inheritDoc}
     *
     * <p>Dropped and counted are samples that are not decodable or of no track of the program, AAC that is longer
     * than ADTS can express, other audio that is longer than a PES packet, and video that is presented before it is
     * decoded or 2<sup>32</sup> ticks later.
     *
     * @throws IllegalArgumentException if {@code timescale} is not 90,000
     */
    @Override
    public void sample(Sample sample, long decodeTime, long presentationTime, int timescale) {
        TsProgram tracks = current();
        if (timescale != TICKS_PER_SECOND) {
            throw new IllegalArgumentException("timescale " + timescale + " is not " + TICKS_PER_SECOND);
        }
        boolean isVideo = sample.kind() == MediaKind.VIDEO;
        boolean wanted = sample.isDecodable() && has(isVideo ? tracks.video() : tracks.audio(), sample);
        boolean taken = wanted
                && (isVideo ? video(sample, decodeTime, presentationTime) : audio(sample, presentationTime));
        droppedSamples += taken ? 0 : 1;
    }

    private static boolean has(Optional<TsCodec> track, Sample sample) {
        return track.isPresent() && track.get().codec() == sample.codec();
    }

    private boolean video(Sample sample, long dts, long pts) {
        long delay = pts - dts;
        if (delay < 0 || delay >= MAX_PRESENTATION_DELAY_TICKS) {
            return false;
        }
        boolean late = dts - pending.firstPts() > MAX_AUDIO_WAIT_TICKS || writer.pcr(dts) >= pending.firstPts();
        if (!pending.isEmpty() && late) {
            flushAudio();
        }
        return writer.video(sample, dts, pts);
    }

    /** AAC goes behind an ADTS header, other frames as they are. */
    private boolean audio(Sample sample, long pts) {
        int bytes = adts.isPresent() ? AdtsHeader.BYTES + sample.size() : sample.size();
        if (bytes > (adts.isPresent() ? AdtsHeader.MAX_FRAME_BYTES : PesHeader.MAX_AUDIO_PAYLOAD_BYTES)) {
            return false;
        }
        if (!pending.takes(bytes, pts)) {
            flushAudio();
        }
        if (adts.isPresent()) {
            pending.addAac(sample, adts.get(), pts);
        } else {
            pending.add(sample, pts);
        }
        if (pending.isDue()) {
            flushAudio();
        }
        return true;
    }

    private void flushAudio() {
        TsCodec codec = program.flatMap(TsProgram::audio).orElseThrow();
        boolean written = writer.audio(codec, pending.bytes(), pending.size(), pending.firstPts());
        droppedSamples += written ? 0 : pending.frames();
        pending.clear();
    }

    /**
     * {@inheritDoc}
     *
     * <p>Dropped and counted if it is no ID3 tag, is too long for a PES packet, or the program has no stream for it.
     */
    @Override
    public void timedMetadata(Bytes id3Tag, long ticks) {
        boolean wanted = current().timedId3() && Id3Tag.isTag(id3Tag);
        droppedSamples += wanted && writer.id3(id3Tag, ticks) ? 0 : 1;
    }

    /** Writes audio that waits. */
    @Override
    public List<ByteBuffer> end() {
        checkState(inSegment, "no segment is under construction");
        if (!pending.isEmpty()) {
            flushAudio();
        }
        inSegment = false;
        return buffer.takeChunks();
    }

    @Override
    public int size() {
        return buffer.size();
    }

    @Override
    public long maxBytes(Sample sample) {
        long whole = UNIT_OVERHEAD_BYTES + (long) sample.size();
        if (sample.format() instanceof VideoFormat video) {
            List<Bytes> parameterSets = video.parameterSets();
            for (int i = 0; i < parameterSets.size(); i++) {
                whole += parameterSets.get(i).size();
            }
        }
        return (whole / PacketWriter.BODY_BYTES + 2) * SegmentBuffer.PACKET_BYTES;
    }

    @Override
    public int reservedBytes() {
        return RESERVED_BYTES;
    }

    @Override
    public long droppedSamples() {
        return droppedSamples;
    }

    @Override
    public long droppedNalUnits() {
        return writer.droppedNalUnits();
    }
}
