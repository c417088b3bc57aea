package dev.millrace.hls.testkit;

import dev.millrace.hls.segment.SegmentFormat;
import dev.millrace.hls.segment.SegmentMuxer;
import dev.millrace.media.Bytes;
import dev.millrace.media.Codec;
import dev.millrace.media.MalformedException;
import dev.millrace.sample.AudioFormat;
import dev.millrace.sample.Sample;
import dev.millrace.sample.TrackFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * AAC behind ADTS headers and nothing else (RFC 8216, 3.4), with a made-up initialization segment: a container format that is not MPEG-TS in any respect. Times
 * are counted in samples.
 */
public final class AdtsContainer implements SegmentMuxer.Factory {

    /** Segments and initialization segments of {@link AdtsContainer}. */
    public static final SegmentFormat FORMAT =
            new SegmentFormat("adts", "audio/aac", /* hasInitializationSegment= */ true);

    /** Decoding times of all samples that were written, in samples. */
    public final List<Long> times = new ArrayList<>();

    @Override
    public SegmentFormat format() {
        return FORMAT;
    }

    @Override
    public Optional<String> refusal(TrackFormat format) {
        return format.codec() == Codec.AAC ? Optional.empty() : Optional.of(format.codec().codecName() + " is not AAC");
    }

    @Override
    public SegmentMuxer create(boolean timedMetadata) {
        return new Muxer();
    }

    /** The initialization segment of a configuration: a word, and the configuration. */
    public static Bytes initialization(Bytes configuration) {
        byte[] word = "made-up ".getBytes(StandardCharsets.US_ASCII);
        return Bytes.copyOf(Unpooled.wrappedBuffer(word, configuration.toByteArray()));
    }

    private final class Muxer implements SegmentMuxer {

        private static final int MAX_HEADER_BYTES = 7;

        private final ByteBuf out = Unpooled.buffer();
        private Optional<Bytes> initialization = Optional.empty();
        private int timescale;
        private long dropped;

        @Override
        public Optional<Bytes> begin(List<TrackFormat> formats) {
            AudioFormat format = (AudioFormat) formats.get(0);
            timescale = timescale(format);
            Bytes next = initialization(format.configuration());
            initialization = initialization.filter(next::equals).or(() -> Optional.of(next));
            return initialization;
        }

        @Override
        public int timescale(AudioFormat format) {
            return format.codedSampleRateHz();
        }

        @Override
        public void sample(Sample sample, long decodeTime, long presentationTime, int unitsPerSecond) {
            if (unitsPerSecond != timescale || presentationTime != decodeTime) {
                throw new AssertionError("times " + decodeTime + " and " + presentationTime + " in " + unitsPerSecond);
            }
            try {
                sample.writeElementaryTo(out);
                times.add(decodeTime);
            } catch (MalformedException e) {
                dropped++;
            }
        }

        @Override
        public void timedMetadata(Bytes id3Tag, long ticks) {
            dropped++;
        }

        @Override
        public List<ByteBuffer> end() {
            byte[] bytes = ByteBufUtil.getBytes(out);
            out.clear();
            return List.of(ByteBuffer.wrap(bytes).asReadOnlyBuffer());
        }

        @Override
        public int size() {
            return out.readableBytes();
        }

        @Override
        public long maxBytes(Sample sample) {
            return (long) sample.size() + MAX_HEADER_BYTES;
        }

        @Override
        public int reservedBytes() {
            return 0;
        }

        @Override
        public long droppedSamples() {
            return dropped;
        }
    }
}
