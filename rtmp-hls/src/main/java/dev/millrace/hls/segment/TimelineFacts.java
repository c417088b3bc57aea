package dev.millrace.hls.segment;

import dev.millrace.sample.AudioFormat;
import dev.millrace.sample.VideoFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** The facts of all segments of one timeline: fixed by its formats and its first segment. Confined to one thread. */
final class TimelineFacts {

    /** Encoders state rates of 1,000 and more where they mean the clock. */
    private static final int MAX_FRAMES_PER_SECOND = 240;

    private final Optional<VideoFormat> video;
    private final Optional<AudioFormat> audio;
    private Optional<SegmentFacts> facts = Optional.empty();

    TimelineFacts(Optional<VideoFormat> video, Optional<AudioFormat> audio) {
        this.video = video;
        this.audio = audio;
    }

    /** Returns the same object at each call. */
    SegmentFacts of(OptionalDouble measuredFramesPerSecond) {
        if (facts.isEmpty()) {
            Optional<String> videoCodec = video.flatMap(VideoFormat::codecString);
            Optional<String> audioCodec = audio.flatMap(AudioFormat::codecString);
            List<String> codecs = Stream.concat(videoCodec.stream(), audioCodec.stream()).toList();
            facts = Optional.of(new SegmentFacts(
                    codecs,
                    positive(video.map(VideoFormat::width).orElse(0)),
                    positive(video.map(VideoFormat::height).orElse(0)),
                    video.map(format -> rate(format, measuredFramesPerSecond)).orElse(OptionalDouble.empty())));
        }
        return facts.get();
    }

    private static OptionalInt positive(int samples) {
        return samples > 0 ? OptionalInt.of(samples) : OptionalInt.empty();
    }

    private static OptionalDouble rate(VideoFormat format, OptionalDouble measured) {
        double stated = format.framesPerSecond().orElse(0);
        return stated >= 1 && stated <= MAX_FRAMES_PER_SECOND ? format.framesPerSecond() : measured;
    }
}
