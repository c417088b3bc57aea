package dev.millrace.track;

import dev.millrace.codec.av1.Av1SequenceHeader;
import dev.millrace.codec.avc.AvcSequenceParameterSet;
import dev.millrace.codec.hevc.HevcSequenceParameterSet;
import java.util.Optional;
import java.util.OptionalDouble;

/** What headers and keyframes say of a video track. Immutable. */
record VideoFacts(Optional<String> codecString, Optional<String> profile, int width, int height, OptionalDouble framesPerSecond) {

    static final VideoFacts NONE = new VideoFacts(Optional.empty(), Optional.empty(), 0, 0, OptionalDouble.empty());

    static VideoFacts of(AvcSequenceParameterSet sps) {
        return new VideoFacts(
                Optional.of(sps.codecString()), Optional.of(sps.profileName()), sps.width(), sps.height(), sps.framesPerSecond());
    }

    static VideoFacts of(HevcSequenceParameterSet sps) {
        int fields = sps.fields() ? 2 : 1;
        OptionalDouble rate = sps.picturesPerSecond();
        return new VideoFacts(
                Optional.of(sps.codecString()),
                Optional.of(sps.profileTierLevel().profileName()),
                sps.width(),
                sps.height() * fields,
                rate.isPresent() ? OptionalDouble.of(rate.getAsDouble() / fields) : rate);
    }

    static VideoFacts of(Av1SequenceHeader header) {
        return new VideoFacts(
                Optional.of(header.codecString()),
                Optional.of(header.profileName()),
                header.maxFrameWidth(),
                header.maxFrameHeight(),
                header.framesPerSecond());
    }

    VideoFacts withSize(int newWidth, int newHeight) {
        return new VideoFacts(codecString, profile, newWidth, newHeight, framesPerSecond);
    }

    VideoFacts withCodecString(String text, String profileName) {
        return new VideoFacts(Optional.of(text), Optional.of(profileName), width, height, framesPerSecond);
    }
}
