package dev.millrace.hls.store;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** Stores in files: one folder for each stream under one root. One store for each stream, so that its work on files has one order. */
final class DirectorySegmentStores implements SegmentStores {

    private static final int MAX_READABLE = 80;

    /** 128 bits: two stream names with the same folder cannot be found. */
    private static final int CHECKSUM_BYTES = 16;

    private final Path root;
    private final Executor executor;
    private final ByteBudget pending;
    private final Disk disk;
    private final Map<String, DirectorySegmentStore> stores = new ConcurrentHashMap<>();

    DirectorySegmentStores(Path root, Executor executor, ByteBudget pending, Disk disk) {
        this.root = root;
        this.executor = executor;
        this.pending = pending;
        this.disk = disk;
    }

    @Override
    public SegmentStore forStream(String streamName) {
        return stores.computeIfAbsent(Objects.requireNonNull(streamName, "streamName"), name -> new DirectorySegmentStore(
                root.resolve(folderName(name)), executor, pending, disk, discarded -> stores.remove(name, discarded)));
    }

    /** Returns the safe characters of the name, and a checksum of all of it. */
    static String folderName(String streamName) {
        String readable = streamName.replaceAll("[^A-Za-z0-9-]+", "_");
        return readable.substring(0, Math.min(readable.length(), MAX_READABLE)) + "-" + checksum(streamName);
    }

    private static String checksum(String streamName) {
        // Character by character: an encoding maps names that differ in unpaired surrogates to one.
        ByteBuffer characters = ByteBuffer.allocate(2 * streamName.length());
        characters.asCharBuffer().put(streamName);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(characters.array()), 0, CHECKSUM_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-256, which each must have", e);
        }
    }
}
