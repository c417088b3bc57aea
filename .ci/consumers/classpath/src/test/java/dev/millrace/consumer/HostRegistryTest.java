package dev.millrace.consumer;

import dev.millrace.rtmp.stream.StreamRegistry;
import dev.millrace.testkit.StreamRegistryContract;

/** A host's contract test, with the published test kit. */
class HostRegistryTest extends StreamRegistryContract {

    @Override
    protected StreamRegistry createRegistry() {
        return StreamRegistry.inMemory();
    }
}
