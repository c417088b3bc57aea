package dev.millrace.testkit;

import dev.millrace.rtmp.stream.StreamRegistry;

class ClaimingStreamRegistryContractTest extends StreamRegistryContract {

    @Override
    protected StreamRegistry createRegistry() {
        return StreamRegistry.claiming(StreamRegistry.inMemory(), new MapClaims());
    }
}
