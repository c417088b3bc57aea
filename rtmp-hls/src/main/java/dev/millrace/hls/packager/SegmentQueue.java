package dev.millrace.hls.packager;

import dev.millrace.hls.crypto.ContentKey;
import dev.millrace.hls.crypto.SegmentCipher;
import dev.millrace.hls.playlist.MediaSegment;
import dev.millrace.hls.playlist.SegmentKey;
import dev.millrace.hls.segment.TsSegment;
import dev.millrace.hls.store.SegmentId;
import dev.millrace.hls.store.SegmentStore;
import dev.millrace.hls.store.StoreState;
import dev.millrace.media.Bytes;
import dev.millrace.media.Scheduler;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Segments on their way into the store, in the order in which they were cut: one at a time, each with a deadline. What fails is left out, and the
 * next that gets through is marked. Confined to the packager's executor.
 */
final class SegmentQueue {

    /** A store that takes longer is given up for this segment. A segment lasts seconds: more could never be caught up with. */
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    /** Who lists what gets through. */
    interface Owner {

        /** The window as it would be with a segment more. */
        Window with(MediaSegment segment, Listed entry, TsSegment source);

        /** The state that goes with that window. */
        StoreState stateOf(Window window, TsSegment source);

        /** The segment is committed. */
        void committed(Window window, TsSegment source);

        /** The segment is lost. */
        void lost(String reason);

        /** Nothing waits any more. */
        void idle();
    }

    private final SegmentStore store;
    private final SegmentKeys keys;
    private final String session;
    private final int maxPending;
    private final Executor executor;
    private final Scheduler scheduler;
    private final InstantSource clock;
    private final Owner owner;

    /** A segment, and whether the one before it was lost. */
    private record Waiting(TsSegment segment, boolean behindLoss) {}

    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private boolean busy;
    private boolean lostAtEntry;
    private boolean lostInStore;
    private long nextSerial;

    SegmentQueue(HlsPackager.Setup setup, String session, SegmentKeys keys, Executor executor, Owner owner) {
        this.store = setup.store();
        this.keys = keys;
        this.session = session;
        this.maxPending = setup.options().maxPendingSegments();
        this.executor = executor;
        this.scheduler = setup.scheduler();
        this.clock = setup.clock();
        this.owner = owner;
    }

    void add(TsSegment segment) {
        if (waiting.size() == maxPending) {
            lostAtEntry = true;
            owner.lost("the store is too slow: " + maxPending + " segments wait for it");
            return;
        }
        waiting.add(new Waiting(segment, lostAtEntry));
        lostAtEntry = false;
        next();
    }

    int size() {
        return waiting.size() + (busy ? 1 : 0);
    }

    private void next() {
        if (busy) {
            return;
        }
        Waiting first = waiting.poll();
        if (first == null) {
            owner.idle();
            return;
        }
        busy = true;
        lostInStore |= first.behindLoss();
        begin(first.segment(), new SegmentId(session, nextSerial++));
    }

    private void begin(TsSegment segment, SegmentId id) {
        SegmentUpload upload = new SegmentUpload(store, id, segment);
        Attempt attempt = new Attempt(segment, upload);
        attempt.deadline = Optional.of(scheduler.at(clock.instant().plus(DEADLINE), () -> executor.execute(attempt::tooLate)));
        guarded(keys::next).whenCompleteAsync((key, failure) -> {
            if (attempt.over) {
                return;
            }
            if (failure != null) {
                attempt.failed("no key: " + text(failure));
                return;
            }
            key.ifPresent(keys::use);
            write(attempt, id, key);
        }, executor);
    }

    private void write(Attempt attempt, SegmentId id, Optional<ContentKey> key) {
        TsSegment segment = attempt.segment;
        Window window;
        try {
            MediaSegment listed = new MediaSegment(
                    store.publicUri(id).orElse(id.fileName()),
                    segment.durationTicks(),
                    segment.discontinuity() || lostInStore,
                    Optional.of(segment.programDateTime()),
                    key.map(with -> new SegmentKey(
                            with.publicUri().orElse(with.id() + ".key"), Optional.of(Bytes.copyOf(SegmentCipher.ivOf(id.serial()))))));
            window = owner.with(listed, new Listed(id, clock.millis(), segment.independent(), key.map(ContentKey::id)), segment);
        } catch (RuntimeException e) {
            attempt.failed("cannot be listed: " + e.getMessage());
            return;
        }
        guarded(() -> attempt.upload.run(key, done -> owner.stateOf(window, segment))).whenCompleteAsync((done, failure) -> {
            if (attempt.over) {
                return;
            }
            if (failure != null) {
                attempt.failed("the store failed: " + text(failure));
                return;
            }
            attempt.end();
            lostInStore = false;
            owner.committed(window, segment);
            next();
        }, executor);
    }

    private static <T> CompletionStage<T> guarded(Supplier<CompletionStage<T>> call) {
        try {
            return call.get();
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private static String text(Throwable failure) {
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause.toString();
    }

    /** One segment under way. */
    private final class Attempt {

        private final TsSegment segment;
        private final SegmentUpload upload;
        private Optional<Scheduler.Cancellable> deadline = Optional.empty();
        private boolean over;

        private Attempt(TsSegment segment, SegmentUpload upload) {
            this.segment = segment;
            this.upload = upload;
        }

        private void end() {
            over = true;
            busy = false;
            deadline.ifPresent(Scheduler.Cancellable::cancel);
        }

        private void failed(String reason) {
            end();
            lostInStore = true;
            upload.giveUp();
            owner.lost(reason);
            next();
        }

        private void tooLate() {
            if (!over) {
                failed("the store took longer than " + DEADLINE);
            }
        }
    }
}
