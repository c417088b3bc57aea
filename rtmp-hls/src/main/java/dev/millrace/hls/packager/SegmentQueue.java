package dev.millrace.hls.packager;

import dev.millrace.hls.crypto.ContentKey;
import dev.millrace.hls.playlist.InitializationSegment;
import dev.millrace.hls.playlist.MediaSegment;
import dev.millrace.hls.playlist.SegmentKey;
import dev.millrace.hls.segment.Segment;
import dev.millrace.hls.store.ObjectName;
import dev.millrace.hls.store.SegmentStore;
import dev.millrace.hls.store.StoreState;
import dev.millrace.media.Bytes;
import dev.millrace.media.Cancellable;
import dev.millrace.media.Scheduler;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Changes the store, one change at a time and each with a deadline: segments in the order in which they were cut, and after them the state alone. A
 * segment that fails is left out, and the next one that is stored gets a discontinuity. Confined to the packager's executor.
 */
final class SegmentQueue {

    /** The deadline of one change. A segment lasts seconds, so a slower store could never catch up. */
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final SegmentStore store;
    private final SegmentKeys keys;
    private final String session;
    private final String extension;
    private final int maxPending;
    private final Executor executor;
    private final Scheduler scheduler;
    private final InstantSource clock;
    private final PlaylistPublisher publisher;
    private final Runnable onIdle;

    /** A segment, and whether the one before it was lost. */
    private record Waiting(Segment segment, boolean behindLoss) {}

    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private final List<CompletableFuture<Void>> savers = new ArrayList<>();
    private Optional<Turn> current = Optional.empty();
    private boolean uploading;
    private volatile int size;
    private long turns;
    private boolean lostAtEntry;
    private boolean lostInStore;
    private long nextSerial;
    private long nextInitialization;

    /**
     * Creates an empty queue.
     *
     * @param publisher lists the segments that are stored
     * @param onIdle called when nothing waits any more
     */
    SegmentQueue(HlsPackager.Setup setup, String session, PlaylistPublisher publisher, Executor executor, Runnable onIdle) {
        this.store = setup.store();
        this.keys = publisher.keys();
        this.session = session;
        this.extension = setup.options().container().format().extension();
        this.maxPending = setup.options().maxPendingSegments();
        this.executor = executor;
        this.scheduler = setup.scheduler();
        this.clock = setup.clock();
        this.publisher = publisher;
        this.onIdle = onIdle;
    }

    /** Stores a segment, behind its initialization segment unless that is stored already, and lists it then. */
    void add(Segment segment) {
        if (waiting.size() == maxPending) {
            lostAtEntry = true;
            publisher.lost("the store is too slow: " + maxPending + " segments wait for it");
            return;
        }
        waiting.add(new Waiting(segment, lostAtEntry));
        lostAtEntry = false;
        count();
        next();
    }

    /**
     * Saves the state alone, as it is when no segment waits any more.
     *
     * @return completes on the executor, and never fails: the next segment brings the state with it
     */
    CompletionStage<Void> save() {
        CompletableFuture<Void> saved = new CompletableFuture<>();
        savers.add(saved);
        next();
        return saved;
    }

    /** Returns how many segments wait or are being stored. From any thread. */
    int size() {
        return size;
    }

    private void count() {
        size = waiting.size() + (uploading ? 1 : 0);
    }

    /** Whether nothing waits and nothing is being stored. */
    boolean isIdle() {
        return current.isEmpty() && waiting.isEmpty() && savers.isEmpty();
    }

    private void next() {
        if (current.isPresent()) {
            return;
        }
        Waiting first = waiting.poll();
        if (first != null) {
            lostInStore |= first.behindLoss();
            begin(first, ObjectName.segment(session, nextSerial++, extension));
        } else if (!savers.isEmpty()) {
            saveState();
        } else {
            onIdle.run();
        }
    }

    private void saveState() {
        List<CompletableFuture<Void>> all = List.copyOf(savers);
        savers.clear();
        Runnable done = () -> all.forEach(saver -> saver.complete(null));
        Turn turn = new Turn(reason -> done.run());
        guarded(() -> publisher.state().map(store::saveState).orElse(CompletableFuture.completedStage(null)))
                .whenCompleteAsync((saved, failure) -> {
                    if (!turn.over) {
                        turn.end();
                        done.run();
                        next();
                    } else if (failure == null && turn.number < turns) {
                        save(); // it was stored after a newer one
                    }
                }, executor);
    }

    private void begin(Waiting next, ObjectName name) {
        uploading = true;
        count();
        Turn turn = new Turn(reason -> {
            lostInStore = true;
            publisher.lost(reason);
        });
        guarded(keys::next).whenCompleteAsync((key, failure) -> {
            if (turn.over) {
                return;
            }
            if (failure != null) {
                turn.failed("no key: " + text(failure));
                return;
            }
            key.ifPresent(keys::use);
            initialize(turn, next, name, key);
        }, executor);
    }

    /** Stores the initialization segment first: a playlist that names it must not be seen before. */
    private void initialize(Turn turn, Waiting next, ObjectName name, Optional<ContentKey> key) {
        if (next.segment().initialization().isEmpty()) {
            write(turn, next.segment(), name, Optional.empty(), key);
            return;
        }
        Bytes content = next.segment().initialization().get();
        Optional<ObjectName> known = publisher.initialization(content);
        if (known.isPresent()) {
            write(turn, next.segment(), name, known, key);
            return;
        }
        ObjectName needed = ObjectName.initialization(session, nextInitialization++, extension);
        List<ByteBuffer> bytes = List.of(ByteBuffer.wrap(content.toByteArray()).asReadOnlyBuffer());
        upload(turn, needed, bytes, () -> publisher.stateWith(needed), () -> {
            publisher.use(new Initialization(needed, content));
            write(turn, next.segment(), name, Optional.of(needed), key);
        });
    }

    private void write(
            Turn turn, Segment segment, ObjectName name, Optional<ObjectName> initialization, Optional<ContentKey> key) {
        byte[] iv = SegmentCipher.ivOf(name.serial());
        List<ByteBuffer> bytes;
        Window window;
        try {
            bytes = key.map(with -> new SegmentCipher().encrypt(segment.chunks(), with, iv)).orElse(segment.chunks());
            MediaSegment listed = new MediaSegment(
                    uri(name),
                    segment.durationTicks(),
                    segment.discontinuity() || lostInStore,
                    Optional.of(segment.programDateTime()),
                    key.map(with -> new SegmentKey(with.publicUri().orElse(with.id() + ".key"), Optional.of(Bytes.copyOf(iv)))),
                    initialization.map(needed -> new InitializationSegment(uri(needed))));
            Listed entry = new Listed(
                    name, initialization, clock.millis(), segment.independent(), key.map(ContentKey::id), /* longestListMillis= */ 0);
            window = publisher.with(listed, entry, segment);
        } catch (RuntimeException e) {
            turn.failed("cannot be listed: " + e.getMessage());
            return;
        }
        upload(turn, name, bytes, () -> publisher.stateOf(window, segment), () -> {
            turn.end();
            lostInStore = false;
            publisher.publish(window, segment);
            next();
        });
    }

    private String uri(ObjectName name) {
        return store.publicUri(name).orElse(name.fileName());
    }

    private void upload(Turn turn, ObjectName name, List<ByteBuffer> bytes, Supplier<StoreState> state, Runnable whenStored) {
        SegmentUpload upload = new SegmentUpload(store, name);
        turn.upload = Optional.of(upload);
        guarded(() -> upload.run(bytes, state.get())).whenCompleteAsync((done, failure) -> {
            if (turn.over) {
                cameLate(name, failure == null);
            } else if (failure != null) {
                turn.failed("the store failed: " + text(failure));
            } else {
                turn.upload = Optional.empty();
                whenStored.run();
            }
        }, executor);
    }

    /** Handles an object that was given up and is stored after all, perhaps with its state over a newer one. */
    private void cameLate(ObjectName name, boolean committed) {
        if (committed) {
            save().thenCompose(saved -> store.delete(name));
        }
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

    /** One change in progress. */
    private final class Turn {

        private final long number = ++turns;
        private final Consumer<String> onFailure;
        private final Cancellable deadline;
        private Optional<SegmentUpload> upload = Optional.empty();
        private boolean over;

        private Turn(Consumer<String> onFailure) {
            this.onFailure = onFailure;
            current = Optional.of(this);
            deadline = scheduler.at(clock.instant().plus(DEADLINE), () -> executor.execute(() -> failed("the store took longer than " + DEADLINE)));
        }

        private void end() {
            over = true;
            uploading = false;
            current = Optional.empty();
            deadline.cancel();
            count();
        }

        private void failed(String reason) {
            if (!over) {
                end();
                upload.ifPresent(SegmentUpload::giveUp);
                onFailure.accept(reason);
                next();
            }
        }
    }
}
