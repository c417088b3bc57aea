package dev.millrace.hls.playlist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What one URL said, refresh by refresh: invariants 3, 6 to 10, 12, 15 to 17. Confined to one thread. */
public final class PlaylistHistory {

    private static final long TICKS_PER_SECOND = 90_000;

    private final long frameTicks;
    private final Map<Long, Seen> segments = new TreeMap<>();
    private Optional<MediaPlaylist> last = Optional.empty();
    private boolean datesMove;

    /** What must not change about a media sequence number. */
    private record Seen(
            String uri,
            long durationTicks,
            Optional<Instant> programDateTime,
            long discontinuityNumber,
            Optional<InitializationSegment> initialization) {}

    /** The history of a stream from its first segment on; {@code frameTicks} is the longest frame. */
    public PlaylistHistory(long frameTicks) {
        this.frameTicks = frameTicks;
    }

    /** From here on the stream is on another clock than the dates, which follow it: they go up, and need not go on from each other. */
    public void datesMove() {
        datesMove = true;
    }

    /** Takes the next refresh, which is not empty; throws an AssertionError that names the invariant. */
    public void check(MediaPlaylist next) {
        assertFalse(next.segments().isEmpty(), "invariant 24: empty");
        if (last.isEmpty()) {
            assertFalse(next.segments().get(0).discontinuity(), "invariant 10: DISCONTINUITY on the first segment ever");
        }
        last.ifPresent(before -> checkChange(before, next));
        remember(next);
        checkInitializations(next);
        checkTimes(next);
        checkLength(next);
        last = Optional.of(next);
    }

    private static void checkChange(MediaPlaylist before, MediaPlaylist next) {
        assertEquals(before.targetDurationSeconds(), next.targetDurationSeconds(), "invariant 3: target duration");
        assertTrue(next.mediaSequence() >= before.mediaSequence(), "invariant 6: media sequence goes back");
        assertTrue(next.nextMediaSequence() >= before.nextMediaSequence(), "invariant 7: the newest segment is gone");
        assertTrue(next.mediaSequence() <= before.nextMediaSequence(), "invariant 8: segments were removed that were never listed");
        assertTrue(next.discontinuitySequence() >= before.discontinuitySequence(), "invariant 9: discontinuity sequence goes back");
        assertEquals(before.type(), next.type(), "invariant 16: type");
        if (before.ended()) {
            assertEquals(before, next, "invariant 15: change after the end");
        }
        if (before.type().isPresent()) {
            assertEquals(before.mediaSequence(), next.mediaSequence(), "invariant 16: removed from a playlist with a type");
        }
    }

    private void remember(MediaPlaylist next) {
        long number = next.mediaSequence();
        long discontinuityNumber = next.discontinuitySequence();
        for (MediaSegment segment : next.segments()) {
            discontinuityNumber += segment.discontinuity() ? 1 : 0;
            Seen seen = new Seen(segment.uri(), segment.durationTicks(), segment.programDateTime(), discontinuityNumber, segment.initialization());
            Seen before = segments.putIfAbsent(number, seen);
            assertTrue(before == null || before.equals(seen), "invariants 6, 9: segment " + number + " was " + before + ", is " + seen);
            number++;
        }
    }

    /** A decoder is set up anew at a discontinuity only. */
    private static void checkInitializations(MediaPlaylist next) {
        for (int i = 1; i < next.segments().size(); i++) {
            MediaSegment segment = next.segments().get(i);
            boolean isSame = segment.initialization().equals(next.segments().get(i - 1).initialization());
            assertTrue(isSame || segment.discontinuity(), "EXT-X-MAP changes without DISCONTINUITY at " + segment.uri());
        }
    }

    private void checkTimes(MediaPlaylist next) {
        List<MediaSegment> dated = next.segments().stream().filter(segment -> segment.programDateTime().isPresent()).toList();
        for (int i = 1; i < dated.size(); i++) {
            MediaSegment one = dated.get(i - 1);
            MediaSegment other = dated.get(i);
            Duration gap = Duration.between(one.programDateTime().orElseThrow(), other.programDateTime().orElseThrow());
            assertTrue(gap.compareTo(Duration.ZERO) > 0, "invariant 17: date does not increase at " + other.uri());
            boolean isNext = next.segments().indexOf(other) == next.segments().indexOf(one) + 1;
            long offMicros = Math.abs(gap.toNanos() / 1_000 - one.durationTicks() * 100 / 9);
            // Dates are cut to milliseconds.
            long allowedMicros = frameTicks * 100 / 9 + 1_000;
            boolean isSteady = !isNext || datesMove || other.discontinuity() || offMicros < allowedMicros;
            assertTrue(isSteady, "invariant 17: date is " + offMicros + " us off at " + other.uri());
        }
    }

    private void checkLength(MediaPlaylist next) {
        long wanted = 3 * TICKS_PER_SECOND * next.targetDurationSeconds();
        long produced = segments.values().stream().mapToLong(Seen::durationTicks).sum();
        assertTrue(next.durationTicks() >= Math.min(wanted, produced) || next.ended(), "invariant 12: shorter than three target durations");
    }

    /** All segments that were ever listed. */
    public List<String> uris() {
        List<String> uris = new ArrayList<>();
        segments.values().forEach(seen -> uris.add(seen.uri));
        return uris;
    }
}
