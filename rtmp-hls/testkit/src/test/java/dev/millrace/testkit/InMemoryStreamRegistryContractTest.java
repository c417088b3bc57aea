package dev.millrace.testkit;

import dev.millrace.rtmp.stream.StreamRegistry;

class InMemoryStreamRegistryContractTest extends StreamRegistryContract {

    @Override
    protected StreamRegistry createRegistry() {
        return StreamRegistry.inMemory();
    }
}
