package dev.millrace.hls.ts;

import dev.millrace.codec.aac.AdtsHeader;
import dev.millrace.codec.aac.AudioSpecificConfig;
import dev.millrace.hls.segment.SegmentFormat;
import dev.millrace.hls.segment.SegmentMuxer;
import dev.millrace.media.MalformedException;
import dev.millrace.sample.TrackFormat;
import java.util.Optional;

/**
 * MPEG-TS as the container format of segments: H.264, AAC and MP3, and H.265 and AC-3 if switched on. Immutable.
 *
 * @param pcrDelayTicks how far the program clock reference is behind the decoding time that it comes with, in ticks
 *     of 90 kHz: the time that a decoder has to get the access unit. 1 to 90,000
 * @param audioFrames audio frames in one PES packet at most, 1 to 64. More of them save stuffing and headers, and
 *     reach the segment later
 * @param audioSpanTicks how much of the time of the stream one PES packet with audio covers at most, in ticks of 90
 *     kHz, 1 to 90,000; a single frame may be longer. With no video the program clock reference comes with audio, and
 *     MPEG wants one every 100 ms
 * @param hevc whether H.265 goes into the segments; few players take it from MPEG-TS
 * @param ac3 whether AC-3 goes into the segments
 */
public record TsOptions(long pcrDelayTicks, int audioFrames, long audioSpanTicks, boolean hevc, boolean ac3)
        implements SegmentMuxer.Factory {

    /** Each segment begins with its own PAT and PMT (RFC 8216, 3.2). */
    public static final SegmentFormat FORMAT =
            new SegmentFormat("ts", "video/mp2t", /* hasInitializationSegment= */ false);

    /** 100 ms; 4 frames, which are 85 ms of AAC at 48 kHz; 100 ms; H.264 with AAC or MP3 only. */
    public static final TsOptions DEFAULT = new TsOptions(9_000, 4, 9_000, /* hevc= */ false, /* ac3= */ false);

    private static final int MAX_AUDIO_FRAMES = 64; // far behind, no stuffing is left to save
    private static final long MAX_TICKS = 90_000; // 1 s: MPEG allows no access unit to wait longer in a decoder

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a value is out of the range given above
     */
    public TsOptions {
        checkRange("pcrDelayTicks", pcrDelayTicks, MAX_TICKS);
        checkRange("audioFrames", audioFrames, MAX_AUDIO_FRAMES);
        checkRange("audioSpanTicks", audioSpanTicks, MAX_TICKS);
    }

    private static void checkRange(String field, long value, long max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException(field + " " + value + " is not 1 to " + max);
        }
    }

    /**
     * Returns these options with another delay of the program clock reference.
     *
     * @param ticks 1 to 90,000
     * @return a copy
     * @throws IllegalArgumentException if the value is out of range
     */
    public TsOptions withPcrDelayTicks(long ticks) {
        return new TsOptions(ticks, audioFrames, audioSpanTicks, hevc, ac3);
    }

    /**
     * Returns these options with another bound of audio frames in a PES packet.
     *
     * @param frames 1 to 64
     * @return a copy
     * @throws IllegalArgumentException if the value is out of range
     */
    public TsOptions withAudioFrames(int frames) {
        return new TsOptions(pcrDelayTicks, frames, audioSpanTicks, hevc, ac3);
    }

    /**
     * Returns these options with another bound of the time that a PES packet with audio covers.
     *
     * @param ticks 1 to 90,000
     * @return a copy
     * @throws IllegalArgumentException if the value is out of range
     */
    public TsOptions withAudioSpanTicks(long ticks) {
        return new TsOptions(pcrDelayTicks, audioFrames, ticks, hevc, ac3);
    }

    /**
     * Returns these options with or without H.265.
     *
     * @param wanted whether H.265 goes into the segments
     * @return a copy
     */
    public TsOptions withHevc(boolean wanted) {
        return new TsOptions(pcrDelayTicks, audioFrames, audioSpanTicks, wanted, ac3);
    }

    /**
     * Returns these options with or without AC-3.
     *
     * @param wanted whether AC-3 goes into the segments
     * @return a copy
     */
    public TsOptions withAc3(boolean wanted) {
        return new TsOptions(pcrDelayTicks, audioFrames, audioSpanTicks, hevc, wanted);
    }

    @Override
    public SegmentFormat format() {
        return FORMAT;
    }

    @Override
    public Optional<String> refusal(TrackFormat format) {
        Optional<TsCodec> codec = TsCodec.of(format);
        String name = format.codec().codecName();
        if (codec.isEmpty()) {
            return Optional.of(name + " cannot be in MPEG-TS segments that players take");
        }
        if (codec.get() == TsCodec.HEVC && !hevc || codec.get() == TsCodec.AC3 && !ac3) {
            return Optional.of(name + " in MPEG-TS is switched off");
        }
        if (codec.get() == TsCodec.AAC && format.configuration().size() > 0) {
            try {
                adts(format);
            } catch (MalformedException e) {
                return Optional.of(e.getMessage());
            }
        }
        return Optional.empty();
    }

    /** Returns the header of a frame of one byte: all others differ in the length alone. */
    static AdtsHeader adts(TrackFormat format) throws MalformedException {
        return AdtsHeader.of(AudioSpecificConfig.parse(format.configuration()), 1);
    }

    @Override
    public SegmentMuxer create(boolean timedMetadata) {
        return new TsMuxer(this, timedMetadata, new SegmentBuffer());
    }
}
