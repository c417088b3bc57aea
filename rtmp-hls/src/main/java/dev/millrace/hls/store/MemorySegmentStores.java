package dev.millrace.hls.store;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Stores in the heap, within one budget. */
final class MemorySegmentStores implements SegmentStores {

    private final ByteBudget budget;
    private final Map<String, MemorySegmentStore> stores = new ConcurrentHashMap<>();

    MemorySegmentStores(ByteBudget budget) {
        this.budget = budget;
    }

    @Override
    public SegmentStore forStream(String streamName) {
        return stores.computeIfAbsent(Objects.requireNonNull(streamName, "streamName"),
                name -> new MemorySegmentStore(budget, discarded -> stores.remove(name, discarded)));
    }
}
