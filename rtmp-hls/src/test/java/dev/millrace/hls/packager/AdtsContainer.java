package dev.millrace.hls.packager;

import dev.millrace.codec.aac.AdtsHeader;
import dev.millrace.codec.aac.AudioSpecificConfig;
import dev.millrace.hls.segment.SegmentFormat;
import dev.millrace.hls.segment.SegmentMuxer;
import dev.millrace.media.Bytes;
import dev.millrace.media.Codec;
import dev.millrace.media.MalformedException;
import dev.millrace.sample.Sample;
import dev.millrace.sample.TrackFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A second container format: AAC in ADTS (RFC 8216, 3.4), with an initialization segment that is made up: a word, and the configuration of
 * the track.
 */
final class AdtsContainer implements SegmentMuxer.Factory {

    static final SegmentFormat FORMAT = new SegmentFormat("adts", "audio/aac", /* hasInitializationSegment= */ true);

    private static final byte[] WORD = "made-up ".getBytes(StandardCharsets.US_ASCII);

    @Override
    public SegmentFormat format() {
        return FORMAT;
    }

    @Override
    public Optional<String> refusal(TrackFormat format) {
        return format.codec() == Codec.AAC ? Optional.empty() : Optional.of(format.codec() + " is not AAC");
    }

    @Override
    public SegmentMuxer create(boolean timedMetadata) {
        return new Muxer();
    }

    /** Returns the initialization segment of a configuration. */
    static Bytes initialization(Bytes configuration) {
        return Bytes.copyOf(Unpooled.wrappedBuffer(WORD, configuration.toByteArray()));
    }

    private static final class Muxer implements SegmentMuxer {

        private Optional<Bytes> initialization = Optional.empty();
        private Optional<AudioSpecificConfig> config = Optional.empty();
        private Optional<ByteBuf> out = Optional.empty();
        private long dropped;

        @Override
        public Optional<Bytes> begin(List<TrackFormat> formats) {
            Bytes configuration = formats.get(0).configuration();
            Optional<Bytes> next = Optional.of(initialization(configuration));
            if (!initialization.equals(next)) {
                initialization = next;
            }
            try {
                config = Optional.of(AudioSpecificConfig.parse(configuration));
            } catch (MalformedException e) {
                throw new IllegalArgumentException(e);
            }
            out = Optional.of(Unpooled.buffer());
            return initialization;
        }

        @Override
        public void sample(Sample sample, long decodeTime, long presentationTime, int timescale) {
            ByteBuf to = out.orElseThrow(() -> new IllegalStateException("no segment is under construction"));
            try {
                AdtsHeader.of(config.orElseThrow(), sample.size()).writeTo(to);
                sample.writeTo(to);
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
            ByteBuf ended = out.orElseThrow(() -> new IllegalStateException("no segment is under construction"));
            out = Optional.empty();
            return List.of(ended.nioBuffer().asReadOnlyBuffer());
        }

        @Override
        public int size() {
            return out.map(ByteBuf::readableBytes).orElse(0);
        }

        @Override
        public long maxBytes(Sample sample) {
            return AdtsHeader.BYTES + sample.size();
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
