package dev.millrace.track;

import dev.millrace.sample.AudioFormat;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * An audio track at one moment.
 *
 * @param format how it is coded
 * @param kilobitsPerSecond measured over the last seconds
 */
public record AudioTrack(AudioFormat format, OptionalInt kilobitsPerSecond) implements Track {

    /** Checks for null. */
    public AudioTrack {
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(kilobitsPerSecond, "kilobitsPerSecond");
    }

    /**
     * Returns the sample rate of decoded sound.
     *
     * @return samples a second, 0 if it is not known
     */
    public int sampleRateHz() {
        return format.sampleRateHz();
    }

    /**
     * Returns the channels of decoded sound.
     *
     * @return number of channels, 0 if it is not known
     */
    public int channels() {
        return format.channels();
    }
}
