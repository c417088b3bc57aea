package dev.millrace.testkit;

import dev.millrace.hls.store.SegmentStores;

class MemorySegmentStoreContractTest extends SegmentStoreContract {

    @Override
    protected SegmentStores createStores() {
        return SegmentStores.inMemory();
    }
}
