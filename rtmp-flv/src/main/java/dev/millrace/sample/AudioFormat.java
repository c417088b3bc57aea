package dev.millrace.sample;

import dev.millrace.codec.AudioDescription;
import dev.millrace.codec.Coding;
import dev.millrace.media.Bytes;
import dev.millrace.media.Codec;
import java.util.Objects;
import java.util.Optional;

/** How an audio track is coded. Immutable; equal formats have equal configurations. */
public final class AudioFormat implements TrackFormat {

    private final int trackId;
    private final Codec codec;
    private final AudioDescription description;

    AudioFormat(int trackId, Codec codec, AudioDescription description) {
        this.trackId = trackId;
        this.codec = codec;
        this.description = description;
    }

    @Override
    public int trackId() {
        return trackId;
    }

    @Override
    public Codec codec() {
        return codec;
    }

    AudioDescription description() {
        return description;
    }

    @Override
    public Bytes configuration() {
        return description.configuration();
    }

    @Override
    public Optional<String> codecString() {
        return description.codecString();
    }

    @Override
    public Optional<String> profile() {
        return description.profile();
    }

    /**
     * Returns the sample rate of decoded sound, with spectral band replication if it is signalled.
     *
     * @return samples a second, 0 if it is not known
     */
    public int sampleRateHz() {
        return description.sampleRateHz();
    }

    /**
     * Returns the channels of decoded sound, with parametric stereo if it is signalled.
     *
     * @return number of channels, 0 if it is not known
     */
    public int channels() {
        return description.channels();
    }

    /**
     * Returns the sample rate that {@link #samplesPerFrame()} and {@link Sample#samples()} count: of AAC that of the core, without spectral band
     * replication.
     *
     * @return samples a second, 0 if it is not known
     */
    public int codedSampleRateHz() {
        return description.codedSampleRateHz();
    }

    /**
     * Returns the length of each coded frame.
     *
     * @return samples for each channel, such as 1024 for AAC; 0 if frames differ in length, as those of Opus and FLAC may, or if it is not known
     */
    public int samplesPerFrame() {
        return description.samplesPerFrame();
    }

    @Override
    public boolean continues(TrackFormat before) {
        return this == before
                || before instanceof AudioFormat other
                        && trackId == other.trackId
                        && codec == other.codec
                        && Coding.ofAudio(codec).continues(other.description, description);
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof AudioFormat format
                        && trackId == format.trackId
                        && codec == format.codec
                        && description.equals(format.description);
    }

    @Override
    public int hashCode() {
        return Objects.hash(trackId, codec, description);
    }

    /** A line for a person. */
    @Override
    public String toString() {
        return "audio track " + trackId + " " + codecString().orElse(codec.codecName()) + " " + sampleRateHz() + " Hz " + channels() + " channels";
    }
}
