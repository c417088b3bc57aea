package dev.millrace.hls.segment;

import dev.millrace.hls.ts.TsProgram;
import dev.millrace.media.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** What a playlist says of one timeline: fixed by its first picture and its first segment. Confined to one thread. */
final class TimelineFacts {

    private final TsProgram program;
    private final Optional<VideoConfig> video;
    private final Optional<AudioConfig> audio;
    private List<Bytes> sps = List.of();
    private Optional<SegmentFacts> facts = Optional.empty();

    TimelineFacts(TsProgram program, Optional<VideoConfig> video, Optional<AudioConfig> audio) {
        this.program = program;
        this.video = video;
        this.audio = audio;
    }

    /**
     * Whether the parameter sets of a random access point are others than those of the first. Some cameras change the picture and send no
     * new header.
     */
    boolean isOtherPicture(List<Bytes> parameterSets) {
        List<Bytes> now = VideoConfig.spsOf(video.orElseThrow().codec(), parameterSets);
        if (sps.isEmpty()) {
            sps = now;
        }
        return !now.equals(sps);
    }

    /** Of all segments of the timeline: the same object. */
    SegmentFacts of(OptionalDouble measuredFramesPerSecond) {
        if (facts.isEmpty()) {
            facts = Optional.of(make(measuredFramesPerSecond));
        }
        return facts.get();
    }

    private SegmentFacts make(OptionalDouble measured) {
        List<String> codecs = new ArrayList<>();
        Optional<VideoConfig.Picture> picture = video.map(config -> config.picture(sps));
        picture.flatMap(VideoConfig.Picture::knownCodec).ifPresent(codecs::add);
        audio.ifPresent(config -> codecs.add(config.codecString()));
        return new SegmentFacts(
                program,
                codecs,
                picture.map(VideoConfig.Picture::width).orElse(OptionalInt.empty()),
                picture.map(VideoConfig.Picture::height).orElse(OptionalInt.empty()),
                picture.map(said -> said.framesPerSecond().isPresent() ? said.framesPerSecond() : measured).orElse(OptionalDouble.empty()));
    }
}
