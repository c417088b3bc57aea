package dev.millrace.hls.playlist;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One segment of a media playlist. Immutable.
 *
 * @param uri its URI, relative to the playlist or absolute: 1 to 4,096 characters that RFC 3986 allows, the first not {@code #}
 * @param durationTicks its duration in 90 kHz ticks, 1 to 2<sup>33</sup> - 1; rendered in seconds with five decimals, which
 *     {@link MediaPlaylist#parse} converts to the same ticks
 * @param discontinuity whether format, tracks or timestamps change between the segment before and this one
 * @param programDateTime time of day of its first sample, year 0 to 9999; truncated to milliseconds
 * @param key how it is encrypted; empty if it is not
 * @param initialization what a player must read before it; empty if the format needs nothing, as MPEG-TS
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8216#section-4.3.2">RFC 8216, 4.3.2</a>
 */
public record MediaSegment(
        String uri,
        long durationTicks,
        boolean discontinuity,
        Optional<Instant> programDateTime,
        Optional<SegmentKey> key,
        Optional<InitializationSegment> initialization) {

    /** Units of durations. */
    static final long TICKS_PER_SECOND = 90_000;

    /** A segment that is longer than a turn of the 33-bit clock cannot be played: 26.5 hours. */
    static final long MAX_DURATION_TICKS = (1L << 33) - 1;

    /**
     * Checks the values, and truncates the time to milliseconds.
     *
     * @throws IllegalArgumentException if one of them is outside what is said above
     */
    public MediaSegment {
        PlaylistUri.check(uri);
        Checks.range("durationTicks", durationTicks, 1, MAX_DURATION_TICKS);
        programDateTime = programDateTime.map(ProgramDateTime::checked);
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(initialization, "initialization");
    }

    /**
     * Creates a segment that needs no initialization segment.
     *
     * @param uri as {@link #uri()}
     * @param durationTicks as {@link #durationTicks()}
     * @param discontinuity as {@link #discontinuity()}
     * @param programDateTime as {@link #programDateTime()}
     * @param key as {@link #key()}
     * @throws IllegalArgumentException if one of them is outside its range
     */
    public MediaSegment(
            String uri, long durationTicks, boolean discontinuity, Optional<Instant> programDateTime, Optional<SegmentKey> key) {
        this(uri, durationTicks, discontinuity, programDateTime, key, Optional.empty());
    }

    /**
     * Returns the segment with another {@link #discontinuity}.
     *
     * @param other whether there is a discontinuity before it
     * @return the segment
     */
    public MediaSegment withDiscontinuity(boolean other) {
        return new MediaSegment(uri, durationTicks, other, programDateTime, key, initialization);
    }

    /** Returns the duration as {@code EXT-X-TARGETDURATION} counts it: the nearest second, a half is rounded up. */
    long roundedSeconds() {
        return (durationTicks + TICKS_PER_SECOND / 2) / TICKS_PER_SECOND;
    }
}
