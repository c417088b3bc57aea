package dev.millrace.hls.playlist;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The segments of one stream that can be fetched at one moment. Immutable.
 *
 * <p>{@link #append}, {@link #removeFirst} and {@link #end} are the only changes that players accept at one URL; they keep the numbers correct.
 *
 * @param targetDurationSeconds no segment is longer when rounded to the nearest second; 1 to 95,443; never changes for one URL
 * @param mediaSequence number of the first listed segment, 0 or more; plus the number of segments at most 2<sup>53</sup> - 1
 * @param discontinuitySequence number of removed segments with a discontinuity, 0 to 2<sup>53</sup> - 1
 * @param type the changes that are still possible; empty for a sliding playlist
 * @param independentSegments whether every segment starts with a random access point and its parameter sets
 * @param segments in the order of playing, 0 to {@link #MAX_SEGMENTS}; none without an initialization segment behind one that has it; copied
 *     unless unmodifiable already
 * @param ended whether nothing will be appended; always true with {@link PlaylistType#VOD}
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8216#section-4.3.3">RFC 8216, 4.3.3 and 6.2.2</a>
 */
public record MediaPlaylist(
        int targetDurationSeconds,
        long mediaSequence,
        long discontinuitySequence,
        Optional<PlaylistType> type,
        boolean independentSegments,
        List<MediaSegment> segments,
        boolean ended) {

    /** Most segments of one playlist: 36 hours of 2 s, and a text of some megabytes. */
    public static final int MAX_SEGMENTS = 65_536;

    /** The longest segment, rounded down. */
    private static final int MAX_TARGET_DURATION_SECONDS = (int) (MediaSegment.MAX_DURATION_TICKS / MediaSegment.TICKS_PER_SECOND);

    /** Decimal fractions in {@code EXTINF}. */
    private static final int VERSION = 3;

    /** Durations are compared with {@code EXT-X-TARGETDURATION} after rounding. */
    private static final int ROUNDING_VERSION = 6;

    /** {@code EXT-X-MAP} in a playlist that does not list keyframes only. */
    private static final int INITIALIZATION_VERSION = 6;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one of them is outside what is said above
     */
    public MediaPlaylist {
        segments = List.copyOf(segments);
        Checks.range("targetDurationSeconds", targetDurationSeconds, 1, MAX_TARGET_DURATION_SECONDS);
        Checks.range("number of segments", segments.size(), 0, MAX_SEGMENTS);
        Checks.range("mediaSequence", mediaSequence, 0, Checks.MAX_DECIMAL - segments.size());
        Checks.range("discontinuitySequence", discontinuitySequence, 0, Checks.MAX_DECIMAL);
        Objects.requireNonNull(type, "type");
        boolean isInitialized = false;
        for (MediaSegment segment : segments) {
            if (isInitialized && segment.initialization().isEmpty()) {
                throw new IllegalArgumentException("segment " + segment.uri()
                        + " has no initialization segment, wanted one as before it: EXT-X-MAP cannot be revoked");
            }
            isInitialized = segment.initialization().isPresent();
            if (segment.roundedSeconds() > targetDurationSeconds) {
                throw new IllegalArgumentException("duration of " + segment.durationTicks() + " ticks of " + segment.uri()
                        + " is more than targetDurationSeconds " + targetDurationSeconds + " when rounded");
            }
        }
        if (!ended && type.isPresent() && type.get() == PlaylistType.VOD) {
            throw new IllegalArgumentException("type VOD of a playlist that has not ended, wanted none or EVENT");
        }
    }

    /**
     * Appends a segment.
     *
     * @param segment not longer than {@link #targetDurationSeconds()} when rounded
     * @return the new playlist
     * @throws IllegalStateException if the playlist has ended
     * @throws IllegalArgumentException if the segment is too long, one too many, or has no initialization segment behind one that has it
     */
    public MediaPlaylist append(MediaSegment segment) {
        if (ended) {
            throw new IllegalStateException("playlist has ended, nothing is appended");
        }
        List<MediaSegment> more = new ArrayList<>(segments.size() + 1);
        more.addAll(segments);
        more.add(segment);
        return with(mediaSequence, discontinuitySequence, more, /* ended= */ false);
    }

    /**
     * Removes the oldest segments. A discontinuity is removed with its segment, and counted.
     *
     * @param count 0 to the number of segments
     * @return the new playlist
     * @throws IllegalStateException if the playlist has a type or has ended
     * @throws IndexOutOfBoundsException if there are fewer segments
     */
    public MediaPlaylist removeFirst(int count) {
        if (ended || type.isPresent()) {
            throw new IllegalStateException("playlist " + type.map(Enum::name).orElse("that has ended") + ", nothing is removed");
        }
        List<MediaSegment> removed = segments.subList(0, Objects.checkIndex(count, segments.size() + 1));
        long discontinuities = removed.stream().filter(MediaSegment::discontinuity).count();
        List<MediaSegment> rest = segments.subList(count, segments.size());
        return with(mediaSequence + count, discontinuitySequence + discontinuities, rest, /* ended= */ false);
    }

    /**
     * Ends the playlist: nothing will be appended.
     *
     * @return the playlist with {@code EXT-X-ENDLIST}; this one if it has ended
     */
    public MediaPlaylist end() {
        return ended ? this : with(mediaSequence, discontinuitySequence, segments, /* ended= */ true);
    }

    private MediaPlaylist with(long newMediaSequence, long newDiscontinuitySequence, List<MediaSegment> newSegments, boolean newEnded) {
        return new MediaPlaylist(
                targetDurationSeconds, newMediaSequence, newDiscontinuitySequence, type, independentSegments, newSegments, newEnded);
    }

    /**
     * Returns the number of the next segment.
     *
     * @return the media sequence number after that of the last segment
     */
    public long nextMediaSequence() {
        return mediaSequence + segments.size();
    }

    /**
     * Returns the duration of all segments.
     *
     * @return 90 kHz ticks, 0 or more
     */
    public long durationTicks() {
        return segments.stream().mapToLong(MediaSegment::durationTicks).sum();
    }

    /**
     * Returns the lowest protocol version that the text needs.
     *
     * @return 3; 6 if a segment is longer than the target duration by less than half a second, or needs an initialization segment
     * @see <a href="https://www.rfc-editor.org/rfc/rfc8216#section-7">RFC 8216, section 7</a>
     */
    public int version() {
        long targetTicks = targetDurationSeconds * MediaSegment.TICKS_PER_SECOND;
        int rounding = segments.stream().anyMatch(segment -> segment.durationTicks() > targetTicks) ? ROUNDING_VERSION : VERSION;
        // No segment comes without an initialization segment after one that has it.
        boolean isInitialized = !segments.isEmpty() && segments.get(segments.size() - 1).initialization().isPresent();
        return isInitialized ? Math.max(rounding, INITIALIZATION_VERSION) : rounding;
    }

    /**
     * Renders the playlist: ASCII, lines end with a line feed.
     *
     * @return the text; {@link #parse} returns an equal playlist, unless the text is too long for it
     */
    public String render() {
        return MediaPlaylistWriter.write(this).text();
    }

    /**
     * Parses a playlist. Unknown tags and comments are ignored.
     *
     * @param text at most 16,777,216 characters and {@link #MAX_SEGMENTS} segments, in lines of at most 16,384
     * @return the playlist
     * @throws PlaylistFormatException if the text violates the specification; or if a segment is not a whole file
     *     ({@code EXT-X-BYTERANGE}, {@code EXT-X-I-FRAMES-ONLY}, {@code EXT-X-GAP}), is skipped ({@code EXT-X-SKIP}), may
     *     have variables in its URI ({@code EXT-X-DEFINE}), or is encrypted in a way that {@link SegmentKey} cannot express
     */
    public static MediaPlaylist parse(String text) throws PlaylistFormatException {
        return new MediaPlaylistParser(text).parse();
    }
}
