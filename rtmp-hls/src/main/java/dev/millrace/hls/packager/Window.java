package dev.millrace.hls.packager;

import dev.millrace.hls.playlist.MediaPlaylist;
import dev.millrace.hls.playlist.MediaSegment;
import dev.millrace.hls.store.ObjectName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The segments that a stream lists, and those that it keeps besides. Immutable, so that a segment that could not be stored is dropped with its window.
 *
 * @param playlist the listed segments
 * @param listed the same segments, in order
 * @param retained the segments that have left the playlist, the oldest first
 */
record Window(MediaPlaylist playlist, List<Listed> listed, List<Retained> retained) {

    /** After a burst a playlist may be longer by this factor, since players have not seen its start yet. */
    private static final int MAX_GROWTH = 3;

    private static final long TICKS_PER_SECOND = 90_000;
    private static final long TICKS_PER_MILLI = 90;

    Window {
        Objects.requireNonNull(playlist, "playlist");
        listed = List.copyOf(listed);
        retained = List.copyOf(retained);
        if (listed.size() != playlist.segments().size()) {
            throw new IllegalArgumentException(listed.size() + " segments listed, " + playlist.segments().size() + " in the playlist");
        }
    }

    /** Creates a window without segments. */
    static Window empty(int targetDurationSeconds, long mediaSequence, HlsMode mode) {
        return new Window(
                new MediaPlaylist(targetDurationSeconds, mediaSequence, 0, mode.type(), /* independentSegments= */ true, List.of(), false),
                List.of(),
                List.of());
    }

    /** Returns the window with one more segment, and without those that have expired. */
    Window plus(MediaSegment segment, Listed entry, HlsOptions options) {
        List<Listed> all = new ArrayList<>(listed);
        all.add(entry);
        MediaPlaylist longer = open(playlist).append(segment);
        int leaving = options.mode() == HlsMode.SLIDING ? leaving(longer, all, options.windowSegments(), entry.listedAtMillis()) : 0;
        List<Retained> kept = new ArrayList<>(unexpired(entry.listedAtMillis()));
        long listMillis = longer.durationTicks() / TICKS_PER_MILLI;
        for (int i = 0; i < leaving; i++) {
            long ownMillis = longer.segments().get(i).durationTicks() / TICKS_PER_MILLI;
            Listed gone = all.get(i).inListOf(listMillis);
            // A player that saw it in a long playlist, after a burst, may still have to play everything before it (RFC 8216, 6.2.2).
            kept.add(new Retained(
                    gone.name(), gone.initialization(), entry.listedAtMillis() + gone.longestListMillis() + ownMillis, gone.keyId()));
        }
        List<Listed> left = all.subList(leaving, all.size()).stream().map(one -> one.inListOf(listMillis)).toList();
        return new Window(withFlags(leaving > 0 ? longer.removeFirst(leaving) : longer, left), left, kept);
    }

    /** Returns the playlist without its end, so that it can be continued. */
    private static MediaPlaylist open(MediaPlaylist list) {
        return list.ended()
                ? new MediaPlaylist(
                        list.targetDurationSeconds(), list.mediaSequence(), list.discontinuitySequence(), list.type(), list.independentSegments(),
                        list.segments(), /* ended= */ false)
                : list;
    }

    private static MediaPlaylist withFlags(MediaPlaylist list, List<Listed> entries) {
        boolean independent = entries.stream().allMatch(Listed::independent);
        return independent == list.independentSegments()
                ? list
                : new MediaPlaylist(
                        list.targetDurationSeconds(), list.mediaSequence(), list.discontinuitySequence(), list.type(), independent,
                        list.segments(), list.ended());
    }

    /**
     * Returns how many of the oldest segments leave: those beyond the window, if three target durations remain, and if each was listed for
     * as long as the segments after it last. A publisher that catches up after a pause sends faster than players can follow.
     */
    private static int leaving(MediaPlaylist list, List<Listed> entries, int windowSegments, long nowMillis) {
        long remainingTicks = list.durationTicks();
        int leaving = 0;
        while (entries.size() - leaving > windowSegments) {
            MediaSegment oldest = list.segments().get(leaving);
            MediaSegment newest = list.segments().get(list.segments().size() - 1);
            remainingTicks -= oldest.durationTicks();
            boolean tooShort = remainingTicks < 3 * TICKS_PER_SECOND * list.targetDurationSeconds();
            long fairMillis = (remainingTicks - newest.durationTicks()) / TICKS_PER_MILLI;
            boolean unseen = nowMillis - entries.get(leaving).listedAtMillis() < fairMillis;
            if (tooShort || unseen && entries.size() - leaving <= MAX_GROWTH * windowSegments) {
                return leaving;
            }
            leaving++;
        }
        return leaving;
    }

    private List<Retained> unexpired(long nowMillis) {
        return retained.stream().filter(segment -> segment.expiresAtMillis() > nowMillis).toList();
    }

    /** Returns the window with its playlist ended. */
    Window ended() {
        if (playlist.ended()) {
            return this;
        }
        return new Window(playlist.end(), listed, retained);
    }

    /** Returns the window without its oldest segments, which no longer exist. */
    Window withoutFirst(int count) {
        return new Window(playlist.removeFirst(count), listed.subList(count, listed.size()), retained);
    }

    /** Returns the objects that are to be kept: segments, and the initialization segments that they need. */
    Set<ObjectName> names() {
        Set<ObjectName> names = new LinkedHashSet<>();
        listed.forEach(entry -> {
            entry.initialization().ifPresent(names::add);
            names.add(entry.name());
        });
        retained.forEach(entry -> {
            entry.initialization().ifPresent(names::add);
            names.add(entry.name());
        });
        return names;
    }

    /** Returns the newest segment, unless nothing is listed. */
    Optional<Listed> newest() {
        return listed.isEmpty() ? Optional.empty() : Optional.of(listed.get(listed.size() - 1));
    }

    /** Returns the ids of all keys in use. */
    Stream<String> keyIds() {
        return Stream.concat(listed.stream().map(Listed::keyId), retained.stream().map(Retained::keyId)).flatMap(Optional::stream).distinct();
    }
}
