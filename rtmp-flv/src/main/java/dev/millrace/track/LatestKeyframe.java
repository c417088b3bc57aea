package dev.millrace.track;

import dev.millrace.media.Bytes;
import dev.millrace.media.Codec;
import dev.millrace.media.EndReason;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import dev.millrace.media.MediaSubscriber;
import dev.millrace.media.StreamHeaders;
import dev.millrace.sample.Demuxer;
import dev.millrace.sample.Sample;
import dev.millrace.sample.VideoFormat;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The newest keyframe of a stream's default video track, ready for a decoder: of H.264 and H.265 with the parameter sets in front, of AV1 with the
 * sequence header. Other codecs give none.
 *
 * <p>Copies keyframes. Confined to one thread at a time, but for {@link #get()} and {@link #brokenKeyframes()}, which can be called from any thread.
 */
public final class LatestKeyframe implements MediaSubscriber {

    private static final Set<Codec> SUPPORTED = EnumSet.of(Codec.AVC, Codec.HEVC, Codec.AV1);

    private static final long MICROS_PER_MILLI = 1_000;

    /** Pictures wait for a few others; a quarter of an hour is a broken field, as FFmpeg has it too. */
    private static final long MAX_COMPOSITION_MICROS = 15 * 60 * 1_000_000L;

    private final Demuxer demuxer = new Demuxer(this::sample);
    private volatile Optional<Keyframe> latest = Optional.empty();
    private volatile long broken;

    /** Creates an object without a keyframe. */
    public LatestKeyframe() {}

    /**
     * Returns the newest keyframe.
     *
     * @return a picture that can be decoded alone, or empty if none came that is whole and of a codec that is supported
     */
    public Optional<Keyframe> get() {
        return latest;
    }

    /**
     * Returns how many keyframes could not be used, because they or their headers were malformed.
     *
     * @return keyframes
     */
    public long brokenKeyframes() {
        return broken;
    }

    @Override
    public void onStart(StreamHeaders headers) {
        demuxer.onStart(headers);
    }

    @Override
    public void onFrame(MediaFrame frame) {
        if (frame.kind() == MediaKind.VIDEO && (frame.isSequenceHeader() || frame.isKeyframe())) {
            demuxer.onFrame(frame);
        }
    }

    @Override
    public void onEnd(EndReason reason) {
        demuxer.onEnd(reason);
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one writer
    private void sample(Sample sample) {
        if (sample.trackId() != 0 || !sample.isRandomAccessPoint() || !SUPPORTED.contains(sample.codec())) {
            return;
        }
        VideoFormat format = (VideoFormat) sample.format();
        if (!sample.isDecodable() || format.parameterSets().isEmpty()) {
            broken++;
            return;
        }
        try {
            Bytes accessUnit = Bytes.takeOver(sample.toElementary());
            latest = Optional.of(new Keyframe(sample.codec(), accessUnit, shownMillis(sample), format.width(), format.height()));
        } catch (MalformedException e) {
            broken++;
        }
    }

    private static long shownMillis(Sample sample) {
        long composition = sample.presentationTimeMicros() - sample.decodeTimeMicros();
        boolean sane = Math.abs(composition) <= MAX_COMPOSITION_MICROS;
        return Math.floorDiv(sane ? sample.presentationTimeMicros() : sample.decodeTimeMicros(), MICROS_PER_MILLI);
    }
}
