package dev.millrace.hls.packager;

import dev.millrace.hls.store.SegmentStore;
import dev.millrace.hls.store.SegmentStores;
import dev.millrace.media.Cancellable;
import dev.millrace.media.Codec;
import dev.millrace.media.MediaSource;
import dev.millrace.media.Scheduler;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Packages any number of streams: one {@link HlsPackager} for each name, which continues when the name is published again. When its
 * playlist has ended and expired, the packager is forgotten and its store discarded; a later publication of the name starts anew.
 *
 * <p>A packager that cannot be opened, because its store fails, is tried again every 5 s while its source lives. A name that comes back
 * while its store is still being discarded waits for that.
 *
 * <p>Thread-safe. No method blocks.
 */
public final class HlsPackagers implements HlsStreams {

    /** A store that failed may work again after some seconds; a viewer does not wait much longer for a first playlist. */
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final HlsOptions options;
    private final SegmentStores stores;
    private final Executor executor;
    private final Function<String, HlsListener> listeners;
    private final Scheduler scheduler;
    private final InstantSource clock;
    private final ConcurrentMap<String, Named> packagers = new ConcurrentHashMap<>();

    /** An expired packager gets here before it leaves the other map, so that none is opened for its name meanwhile. */
    private final ConcurrentMap<String, Discard> discards = new ConcurrentHashMap<>();

    private volatile boolean ended;

    /**
     * Creates packagers without streams and without listeners.
     *
     * @param options how streams are packaged
     * @param stores where segments go; these packagers are the only ones that write there
     * @param executor for the work; gets one task a stream at a time
     */
    public HlsPackagers(HlsOptions options, SegmentStores stores, Executor executor) {
        this(options, stores, executor, name -> HlsListener.NONE);
    }

    /**
     * Creates packagers without streams.
     *
     * @param options how streams are packaged
     * @param stores where segments go; these packagers are the only ones that write there
     * @param executor for the work; gets one task a stream at a time
     * @param listeners makes the listener of a stream from its name; called again when an expired name comes back
     */
    public HlsPackagers(HlsOptions options, SegmentStores stores, Executor executor, Function<String, HlsListener> listeners) {
        this(options, stores, executor, listeners, Scheduler.shared(), InstantSource.system());
    }

    /**
     * Creates packagers with a scheduler and a clock of the caller's.
     *
     * @param options how streams are packaged
     * @param stores where segments go; these packagers are the only ones that write there
     * @param executor for the work; gets one task a stream at a time
     * @param listeners makes the listener of a stream from its name; called again when an expired name comes back
     * @param scheduler for the ends of waits
     * @param clock for dates and deadlines; the scheduler's
     */
    public HlsPackagers(
            HlsOptions options,
            SegmentStores stores,
            Executor executor,
            Function<String, HlsListener> listeners,
            Scheduler scheduler,
            InstantSource clock) {
        this.options = Objects.requireNonNull(options, "options");
        this.stores = Objects.requireNonNull(stores, "stores");
        this.executor = Objects.requireNonNull(executor, "executor");
        this.listeners = Objects.requireNonNull(listeners, "listeners");
        this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * Packages a source until it ends. Another source of the same name that is followed already ends for the packager. Does nothing after
     * {@link #end}.
     *
     * @param source the publication of a stream; its name is that of the stream
     */
    public void follow(MediaSource source) {
        String name = source.name();
        if (ended) {
            return;
        }
        Named known = packagers.get(name);
        if (known != null) {
            follow(source, known);
            return;
        }
        Named mine = new Named(name, listeners.apply(name));
        Named other = packagers.putIfAbsent(name, mine);
        if (other != null) {
            follow(source, other);
            return;
        }
        follow(source, mine);
        mine.open();
    }

    private void follow(MediaSource source, Named named) {
        named.opened.whenComplete((packager, failure) -> {
            if (failure == null) {
                attach(source, named, packager);
            } else {
                followLater(source);
            }
        });
    }

    private void attach(MediaSource source, Named named, HlsPackager packager) {
        if (ended) {
            return;
        }
        Cancellable subscription = source.subscribe(packager.attach(), packager.executor());
        packager.executor().execute(() -> {
            if (ended) {
                subscription.cancel();
                packager.end();
            } else if (packagers.get(named.name) != named) {
                // It expired just before.
                subscription.cancel();
                follow(source);
            }
        });
    }

    private void followLater(MediaSource source) {
        CompletableFuture<?> end = source.end().toCompletableFuture();
        Cancellable retry = scheduler.at(clock.instant().plus(RETRY), () -> executor.execute(() -> {
            if (!end.isDone()) {
                follow(source);
            }
        }));
        end.whenComplete((reason, failure) -> retry.cancel());
    }

    @Override
    public CompletionStage<Optional<HlsStream>> find(String streamPath) {
        Named named = packagers.get(Objects.requireNonNull(streamPath, "streamPath"));
        return named == null ? CompletableFuture.completedStage(Optional.empty()) : named.opened.thenApply(Optional::of);
    }

    /**
     * Returns the counters of all streams that are packaged.
     *
     * @return a snapshot by name, in the order of names; without packagers that are still being opened
     */
    public Map<String, HlsStatistics> statistics() {
        Map<String, HlsStatistics> statistics = new TreeMap<>();
        packagers.forEach((name, named) -> {
            if (named.opened.isDone() && !named.opened.isCompletedExceptionally()) {
                statistics.put(name, named.opened.join().statistics());
            }
        });
        return statistics;
    }

    /**
     * Ends all playlists and follows no source any more. Streams can still be found, and their stores are not discarded any more, since
     * they may belong to the next life of the process, which continues the playlists.
     *
     * @return completes on any thread when all that was under way is stored, and never fails
     */
    public CompletionStage<Void> end() {
        ended = true;
        return CompletableFuture.allOf(packagers.values().stream()
                .map(named -> named.opened.thenCompose(HlsPackager::end).exceptionally(neverOpened -> null))
                .toArray(CompletableFuture<?>[]::new));
    }

    private static <T> CompletionStage<T> guarded(Supplier<CompletionStage<T>> call) {
        try {
            return call.get();
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private static void tell(HlsListener listener, Consumer<HlsListener> call) {
        try {
            call.accept(listener);
        } catch (RuntimeException | Error e) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }

    /** A name from its first publication until its playlist has expired. */
    private final class Named implements HlsListener {

        private final String name;
        private final HlsListener listener;
        private final CompletableFuture<HlsPackager> opened = new CompletableFuture<>();

        private Named(String name, HlsListener listener) {
            this.name = name;
            this.listener = Objects.requireNonNull(listener, "listener");
        }

        private void open() {
            guarded(() -> discarded().thenCompose(nothing ->
                            HlsPackager.open(name, options, stores.forStream(name), executor, this, scheduler, clock)))
                    .whenComplete((packager, failure) -> {
                        if (failure == null) {
                            opened.complete(packager);
                        } else {
                            packagers.remove(name, this);
                            tell(listener, to -> to.onOpenFailed(cause(failure)));
                            opened.completeExceptionally(failure);
                        }
                    });
        }

        private CompletionStage<Void> discarded() {
            Discard discard = discards.get(name);
            return discard == null ? CompletableFuture.completedStage(null) : discard.run();
        }

        @Override
        public void onPlaylist(HlsSnapshot snapshot) {
            listener.onPlaylist(snapshot);
        }

        @Override
        public void onSegmentLost(String reason) {
            listener.onSegmentLost(reason);
        }

        @Override
        public void onTrackRefused(Codec codec, String reason) {
            listener.onTrackRefused(codec, reason);
        }

        @Override
        public void onEnded() {
            listener.onEnded();
        }

        @Override
        public void onExpired() {
            try {
                listener.onExpired();
            } finally {
                if (!ended) {
                    forget();
                }
            }
        }

        private void forget() {
            Discard discard = new Discard(name, listener, opened.join().store());
            discards.put(name, discard);
            packagers.remove(name, this);
            discard.run();
        }
    }

    /** A store that is no longer needed. If it cannot be discarded, that is tried again before its name is packaged again. */
    private final class Discard {

        private final String name;
        private final HlsListener listener;
        private final SegmentStore store;

        /** Guarded by this. */
        private Optional<CompletableFuture<Void>> running = Optional.empty();

        private Discard(String name, HlsListener listener, SegmentStore store) {
            this.name = name;
            this.listener = listener;
            this.store = store;
        }

        private synchronized CompletionStage<Void> run() {
            if (running.isEmpty() || running.get().isCompletedExceptionally()) {
                running = Optional.of(guarded(store::discard)
                        .whenComplete((nothing, failure) -> {
                            if (failure == null) {
                                discards.remove(name, this);
                            } else {
                                tell(listener, to -> to.onDiscardFailed(cause(failure)));
                            }
                        })
                        .toCompletableFuture());
            }
            return running.get();
        }
    }
}
