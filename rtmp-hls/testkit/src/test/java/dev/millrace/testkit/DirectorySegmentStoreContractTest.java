package dev.millrace.testkit;

import dev.millrace.hls.store.SegmentStores;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class DirectorySegmentStoreContractTest extends SegmentStoreContract {

    private final ExecutorService executor = Executors.newFixedThreadPool(3);

    @TempDir
    private Path root;

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    @Override
    protected SegmentStores createStores() {
        return SegmentStores.directory(root, executor);
    }

    @Override
    protected SegmentStores restart(SegmentStores before) {
        return createStores();
    }
}
