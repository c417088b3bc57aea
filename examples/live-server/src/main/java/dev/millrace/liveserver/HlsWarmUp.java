package dev.millrace.liveserver;

import dev.millrace.hls.packager.HlsListener;
import dev.millrace.hls.packager.HlsOptions;
import dev.millrace.hls.packager.HlsPackager;
import dev.millrace.hls.packager.HlsStatistics;
import dev.millrace.hls.store.SegmentStore;
import dev.millrace.hls.store.SegmentStores;

/**
 * Packages the demo stream repeatedly, so that the JVM has compiled the code of HLS before the first stream
 * arrives.
 */
final class HlsWarmUp {

    /** Some 18,000 frames: HotSpot compiles a method well after some 5,000 calls. */
    static final int LOOPS = 25;

    private HlsWarmUp() {}

    /**
     * Does it on the calling thread, in a store of its own that is empty again afterwards.
     *
     * @return what was done
     */
    static HlsStatistics run() {
        SegmentStore store = SegmentStores.inMemory().forStream("warm-up");
        HlsPackager packager =
                HlsPackager.open("warm-up", HlsOptions.DEFAULT, store, Runnable::run, new HlsListener() {}).toCompletableFuture().join();
        WatchWarmUp.replay(DemoStream.read(), packager.attach());
        packager.end().toCompletableFuture().join();
        store.discard();
        return packager.statistics();
    }
}
