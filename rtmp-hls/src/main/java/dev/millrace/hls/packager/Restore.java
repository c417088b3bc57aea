package dev.millrace.hls.packager;

import dev.millrace.hls.store.SegmentContent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/** Brings back what an earlier life of the process has listed, as far as it is still there. */
final class Restore {

    private static final int SESSION_BYTES = 6;

    private Restore() {}

    /** Names of segments begin with it, so that no cache ever has an older segment of the same name. */
    static String newSession() {
        byte[] bytes = new byte[SESSION_BYTES];
        ThreadLocalRandom.current().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    static CompletionStage<PlaylistPublisher> from(HlsPackager.Setup setup, Optional<SavedState> saved) {
        if (saved.isEmpty() || saved.get().window().playlist().type().isPresent() != setup.options().mode().type().isPresent()) {
            return CompletableFuture.completedStage(new PlaylistPublisher(setup, Optional.empty(), newKeys(setup, saved)));
        }
        SavedState state = saved.get();
        SegmentKeys keys = newKeys(setup, saved);
        CompletionStage<Integer> missing = firstKept(setup, state.window());
        return missing.thenCombine(keys.restore(new HashSet<>(state.window().keyIds().collect(Collectors.toSet()))), (lost, nothing) -> {
            Window window = lost == 0 ? state.window() : withoutFirst(state.window(), lost);
            return new PlaylistPublisher(setup, Optional.of(new SavedState(window, state.multivariant(), state.keysUsed())), keys);
        });
    }

    private static SegmentKeys newKeys(HlsPackager.Setup setup, Optional<SavedState> saved) {
        return new SegmentKeys(setup.streamName(), setup.options().encryption(), saved.map(SavedState::keysUsed).orElse(0L));
    }

    private static Window withoutFirst(Window window, int count) {
        boolean fixed = window.playlist().ended() || window.playlist().type().isPresent();
        return fixed ? window : window.withoutFirst(count);
    }

    /** How many of the oldest have to go so that all that remain can be fetched. */
    private static CompletionStage<Integer> firstKept(HlsPackager.Setup setup, Window window) {
        List<CompletableFuture<Optional<SegmentContent>>> reads = new ArrayList<>();
        for (Listed entry : window.listed()) {
            reads.add(setup.store().read(entry.id()).toCompletableFuture());
        }
        return CompletableFuture.allOf(reads.toArray(CompletableFuture<?>[]::new)).thenApply(done -> {
            for (int i = reads.size(); i > 0; i--) {
                if (reads.get(i - 1).join().isEmpty()) {
                    return i;
                }
            }
            return 0;
        });
    }
}
