package dev.millrace.hls.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** A budget of bytes that all streams of one storage share. Thread-safe. */
final class ByteBudget {

    private final String what;
    private final long maxBytes;
    private final AtomicLong used = new AtomicLong();

    /**
     * Creates an unused budget.
     *
     * @param what the subject of error texts
     * @param maxBytes at least 1
     */
    ByteBudget(String what, long maxBytes) {
        this.what = Objects.requireNonNull(what, "what");
        if (maxBytes < 1) {
            throw new IllegalArgumentException("limit of " + what + " is " + maxBytes + " bytes, want at least 1");
        }
        this.maxBytes = maxBytes;
    }

    /** Returns the default budget for segments; the rings of live streams may have another quarter. */
    static long quarterOfHeap() {
        return Math.max(1, Runtime.getRuntime().maxMemory() / 4);
    }

    static long sizeOf(List<ByteBuffer> buffers) {
        return buffers.stream().mapToLong(ByteBuffer::remaining).sum();
    }

    /** Takes all of the bytes or none. */
    void take(long bytes) throws IOException {
        long before = used.getAndUpdate(now -> bytes <= maxBytes - now ? now + bytes : now);
        if (bytes > maxBytes - before) {
            throw new IOException(what + " take " + before + " bytes, no room for " + bytes + " more, want at most " + maxBytes);
        }
    }

    void giveBack(long bytes) {
        used.addAndGet(-bytes);
    }

    long used() {
        return used.get();
    }
}
