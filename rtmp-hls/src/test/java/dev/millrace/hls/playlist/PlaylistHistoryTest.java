package dev.millrace.hls.playlist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The checker finds what it is there to find. */
class PlaylistHistoryTest {

    private static final MediaPlaylist FIRST = playlist(0, 0, segment(0, false), segment(1, true), segment(2, false), segment(3, false));

    @Test
    void acceptsAStreamThatGoesOn() {
        PlaylistHistory history = new PlaylistHistory(3_000);
        history.check(FIRST);
        history.check(FIRST.append(segment(4, false)).removeFirst(2));
        history.check(FIRST.append(segment(4, false)).removeFirst(2).end());
        assertEquals(List.of("0.ts", "1.ts", "2.ts", "3.ts", "4.ts"), history.uris());
    }

    static Stream<Arguments> broken() {
        MediaSegment late = new MediaSegment("4.ts", 180_000, false, Optional.of(Instant.ofEpochMilli(8_100)), Optional.empty());
        MediaSegment early = new MediaSegment("4.ts", 180_000, true, Optional.of(Instant.ofEpochMilli(6_000)), Optional.empty());
        return Stream.of(
                Arguments.of("invariant 3", new MediaPlaylist(3, 0, 0, Optional.empty(), false, FIRST.segments(), false)),
                Arguments.of("invariants 6, 9", playlist(0, 0, segment(1, false), segment(1, true), segment(2, false), segment(3, false))),
                Arguments.of("invariants 6, 9", playlist(2, 0, segment(2, false), segment(3, false), segment(4, false))),
                Arguments.of("invariant 7", playlist(0, 0, segment(0, false), segment(1, true), segment(2, false))),
                Arguments.of("invariant 8", playlist(5, 1, segment(5, false), segment(6, false), segment(7, false))),
                Arguments.of("invariant 12", FIRST.removeFirst(2)),
                Arguments.of("invariant 16", new MediaPlaylist(2, 0, 0, Optional.of(PlaylistType.EVENT), false, FIRST.segments(), false)),
                Arguments.of("invariant 17", FIRST.append(late)),
                Arguments.of("invariant 17", FIRST.append(early)),
                Arguments.of("invariant 24", playlist(4, 1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void finds(String invariant, MediaPlaylist next) {
        PlaylistHistory history = new PlaylistHistory(3_000);
        history.check(FIRST);
        assertFound(invariant, history, next);
    }

    @Test
    void findsWhatGoesBackOrChangesAfterTheEnd() {
        PlaylistHistory moved = new PlaylistHistory(3_000);
        moved.check(FIRST);
        moved.check(FIRST.append(segment(4, false)).removeFirst(2));
        assertFound("invariant 6", moved, FIRST.append(segment(4, false)));
        PlaylistHistory ended = new PlaylistHistory(3_000);
        ended.check(FIRST.end());
        assertFound("invariant 15", ended, FIRST);
        PlaylistHistory event = new PlaylistHistory(3_000);
        event.check(new MediaPlaylist(2, 0, 0, Optional.of(PlaylistType.EVENT), false, FIRST.segments(), false));
        assertFound("invariant 16", event, new MediaPlaylist(
                2, 1, 0, Optional.of(PlaylistType.EVENT), false, FIRST.segments().subList(1, 4), false));
        assertFound("invariant 10", new PlaylistHistory(3_000), FIRST.removeFirst(1));
    }

    private static void assertFound(String invariant, PlaylistHistory history, MediaPlaylist next) {
        String found = assertThrows(AssertionError.class, () -> history.check(next)).getMessage();
        assertTrue(found.startsWith(invariant + ":"), found);
    }

    private static MediaPlaylist playlist(long mediaSequence, long discontinuitySequence, MediaSegment... segments) {
        return new MediaPlaylist(2, mediaSequence, discontinuitySequence, Optional.empty(), false, List.of(segments), false);
    }

    private static MediaSegment segment(int number, boolean discontinuity) {
        Optional<Instant> time = Optional.of(Instant.ofEpochMilli(2_000L * number));
        return new MediaSegment(number + ".ts", 180_000, discontinuity, time, Optional.empty());
    }
}
