package dev.millrace.examples;

import dev.millrace.hls.origin.HlsStreams;
import dev.millrace.hls.packager.HlsListener;
import dev.millrace.hls.packager.HlsOptions;
import dev.millrace.hls.packager.HlsPackager;
import dev.millrace.hls.packager.HlsStatistics;
import dev.millrace.hls.packager.HlsStream;
import dev.millrace.hls.store.SegmentStores;
import dev.millrace.media.Codec;
import dev.millrace.rtmp.stream.LiveStream;
import dev.millrace.rtmp.stream.SubscribeOptions;
import dev.millrace.rtmp.stream.Subscription;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every live stream as HLS: a packager for each name, which goes on when its publisher comes back, and is forgotten when its playlist has expired.
 * Shows how a host brings streams and packagers together. Thread-safe.
 */
final class HlsStations implements HlsStreams {

    private static final Logger LOG = LoggerFactory.getLogger(HlsStations.class);

    private final HlsOptions options;
    private final SegmentStores stores;
    private final Executor executor;
    private final Map<String, CompletableFuture<HlsPackager>> packagers = new ConcurrentHashMap<>();

    /**
     * Makes stations.
     *
     * @param options how streams are packaged
     * @param stores where segments go
     * @param executor for the work; gets one task a stream at a time
     */
    HlsStations(HlsOptions options, SegmentStores stores, Executor executor) {
        this.options = options;
        this.stores = stores;
        this.executor = executor;
    }

    /** Packages a stream for as long as it lives. */
    void follow(LiveStream stream) {
        String name = stream.name();
        CompletableFuture<HlsPackager> opened = packagers.computeIfAbsent(name, this::open);
        opened.whenComplete((packager, failure) -> {
            if (failure != null) {
                LOG.warn("no HLS of {}: {}", name, failure.toString());
                packagers.remove(name, opened);
                return;
            }
            Subscription subscription = stream.subscribe(packager.attach(), packager.executor(), SubscribeOptions.EVERYTHING);
            // If it expired just before, it was forgotten, and the next look finds another.
            packager.executor().execute(() -> {
                if (packagers.get(name) != opened) {
                    subscription.cancel();
                    follow(stream);
                }
            });
        });
    }

    private CompletableFuture<HlsPackager> open(String name) {
        return HlsPackager.open(name, options, stores.forStream(name), executor, new Log(name)).toCompletableFuture();
    }

    @Override
    public CompletionStage<Optional<HlsStream>> find(String streamPath) {
        CompletableFuture<HlsPackager> packager = packagers.get(streamPath);
        return packager == null ? CompletableFuture.completedStage(Optional.empty()) : packager.thenApply(Optional::of);
    }

    /** What was done so far, by name. */
    Map<String, HlsStatistics> statistics() {
        Map<String, HlsStatistics> known = new TreeMap<>();
        packagers.forEach((name, opened) -> {
            if (opened.isDone() && !opened.isCompletedExceptionally()) {
                known.put(name, opened.join().statistics());
            }
        });
        return known;
    }

    private void forget(String name) {
        CompletableFuture<HlsPackager> gone = packagers.remove(name);
        if (gone != null) {
            gone.thenCompose(packager -> packager.store().discard()).exceptionally(failure -> {
                LOG.warn("segments of {} are left behind: {}", name, failure.toString());
                return null;
            });
        }
    }

    /**
     * Ends all playlists.
     *
     * @return completes when all are stored; fails if one could not be
     */
    CompletableFuture<Void> end() {
        return CompletableFuture.allOf(packagers.values().stream()
                .map(opened -> opened.thenCompose(HlsPackager::end))
                .toArray(CompletableFuture<?>[]::new));
    }

    /** Says what a person wants to know. */
    private final class Log implements HlsListener {

        private final String name;

        private Log(String name) {
            this.name = name;
        }

        @Override
        public void onSegmentLost(String reason) {
            LOG.warn("HLS of {} lost a segment: {}", name, reason);
        }

        @Override
        public void onTrackRefused(Codec codec, String reason) {
            LOG.info("HLS of {} goes without {}: {}", name, codec, reason);
        }

        @Override
        public void onEnded() {
            LOG.info("HLS of {} ended", name);
        }

        @Override
        public void onExpired() {
            forget(name);
        }
    }
}
