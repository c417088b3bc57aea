package dev.millrace.sample;

import dev.millrace.codec.AudioDescription;
import dev.millrace.media.Codec;

/** How an audio track is coded. Immutable. */
public final class AudioFormat extends TrackFormat {

    private final AudioDescription description;

    AudioFormat(int trackId, Codec codec, AudioDescription description) {
        super(trackId, codec, description);
        this.description = description;
    }

    AudioDescription description() {
        return description;
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

    /** A line for a person. */
    @Override
    public String toString() {
        return "audio track " + trackId() + " " + codecString().orElse(codec().codecName()) + " " + sampleRateHz() + " Hz " + channels() + " channels";
    }
}
