package dev.millrace.hls.packager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.hls.playlist.InitializationSegment;
import dev.millrace.hls.playlist.MediaPlaylist;
import dev.millrace.hls.playlist.MediaSegment;
import dev.millrace.hls.store.SegmentContent;
import dev.millrace.hls.store.ObjectName;
import dev.millrace.hls.store.SegmentStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the segments of one URL are there for as long as players may ask for them: invariants 13 and 14, by RFC 8216, 6.2.2. Confined to
 * one thread.
 */
final class Availability {

    private static final long TICKS_PER_MILLI = 90;

    private final Map<String, Seen> seen = new HashMap<>();
    private List<MediaSegment> listed = List.of();

    /** A segment that was listed: its length, its duration, the longest playlist that it was in, and when it left. */
    private static final class Seen {
        private long bytes;
        private long ownMillis;
        private long longestListMillis;
        private Optional<String> initialization = Optional.empty();
        private Optional<Instant> left = Optional.empty();

        private boolean isWanted(Instant now) {
            return left.isEmpty() || now.isBefore(left.get().plusMillis(longestListMillis + ownMillis));
        }
    }

    /** Takes the next playlist; throws an AssertionError that names the invariant. */
    void check(MediaPlaylist list, SegmentStore store, Instant now) {
        for (MediaSegment gone : listed) {
            if (!list.segments().contains(gone)) {
                seen.get(gone.uri()).left = Optional.of(now);
            }
        }
        listed = list.segments();
        long listMillis = list.durationTicks() / TICKS_PER_MILLI;
        for (MediaSegment segment : listed) {
            long bytes = size(segment.uri(), store);
            assertTrue(bytes > 0, "invariant 13: " + segment.uri() + " is listed and is not there");
            Seen one = seen.computeIfAbsent(segment.uri(), uri -> new Seen());
            one.bytes = one.bytes == 0 ? bytes : one.bytes;
            assertEquals(one.bytes, bytes, "invariant 13: length of " + segment.uri());
            one.initialization = segment.initialization().map(InitializationSegment::uri);
            one.ownMillis = segment.durationTicks() / TICKS_PER_MILLI;
            one.longestListMillis = Math.max(one.longestListMillis, listMillis);
        }
        seen.entrySet().removeIf(entry -> !entry.getValue().isWanted(now));
        seen.forEach((uri, one) -> {
            assertEquals(one.bytes, size(uri, store), "invariant 14: length of " + uri + ", which left at " + one.left);
            one.initialization.ifPresent(needed ->
                    assertTrue(size(needed, store) > 0, "invariants 13, 14: " + needed + " is needed by " + uri + " and is not there"));
        });
    }

    /** 0 where there is nothing. */
    private static long size(String uri, SegmentStore store) {
        ObjectName id = ObjectName.ofFileName(uri).orElseThrow();
        return store.read(id).toCompletableFuture().join().map(SegmentContent::size).orElse(0L);
    }
}
