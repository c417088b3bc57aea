package dev.millrace.hls.packager;

import dev.millrace.hls.store.ObjectName;
import dev.millrace.hls.store.SegmentContent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Restores the playlist of an earlier life of the process, as far as its segments still exist. */
final class Restore {

    private static final int SESSION_BYTES = 6;

    private Restore() {}

    /** Returns a random prefix for the names of segments, so that no cache has an older segment of the same name. */
    static String newSession() {
        byte[] bytes = new byte[SESSION_BYTES];
        ThreadLocalRandom.current().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    static CompletionStage<PlaylistPublisher> from(HlsPackager.Setup setup, Optional<SavedState> saved) {
        if (saved.isEmpty() || !canContinue(setup, saved.get().window())) {
            return CompletableFuture.completedStage(new PlaylistPublisher(setup, Optional.empty(), newKeys(setup, saved)));
        }
        SavedState state = saved.get();
        SegmentKeys keys = newKeys(setup, saved);
        CompletionStage<Integer> missing = firstKept(setup, state.window());
        return missing.thenCombine(keys.restore(new HashSet<>(state.window().keyIds().collect(Collectors.toSet()))), (lost, nothing) -> {
            Window window = lost == 0 ? state.window() : withoutFirst(state.window(), lost);
            return new PlaylistPublisher(setup, Optional.of(new SavedState(window, state.multivariant(), state.keysUsed(), state.mediaTypes())), keys);
        });
    }

    /** Whether the playlist can be continued: it is of the same mode, and its newest segment of the same format. */
    private static boolean canContinue(HlsPackager.Setup setup, Window window) {
        return window.playlist().type().isPresent() == setup.options().mode().type().isPresent()
                && window.newest().map(entry -> entry.name().extension().equals(setup.options().container().format().extension())).orElse(true);
    }

    private static SegmentKeys newKeys(HlsPackager.Setup setup, Optional<SavedState> saved) {
        return new SegmentKeys(setup.streamName(), setup.options().encryption(), saved.map(SavedState::keysUsed).orElse(0L));
    }

    private static Window withoutFirst(Window window, int count) {
        boolean fixed = window.playlist().ended() || window.playlist().type().isPresent();
        return fixed ? window : window.withoutFirst(count);
    }

    /** Returns how many of the oldest segments must be removed so that all others can be fetched. */
    private static CompletionStage<Integer> firstKept(HlsPackager.Setup setup, Window window) {
        Map<ObjectName, CompletableFuture<Optional<SegmentContent>>> reads = new HashMap<>();
        for (Listed entry : window.listed()) {
            Stream.concat(Stream.of(entry.name()), entry.initialization().stream())
                    .forEach(name -> reads.computeIfAbsent(name, one -> setup.store().read(one).toCompletableFuture()));
        }
        return CompletableFuture.allOf(reads.values().toArray(CompletableFuture<?>[]::new)).thenApply(done -> {
            Predicate<ObjectName> isThere = name -> reads.get(name).join().isPresent();
            for (int i = window.listed().size(); i > 0; i--) {
                Listed entry = window.listed().get(i - 1);
                if (!isThere.test(entry.name()) || !entry.initialization().map(isThere::test).orElse(true)) {
                    return i;
                }
            }
            return 0;
        });
    }
}
