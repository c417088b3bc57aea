package dev.millrace.flv.testkit;

import io.netty.buffer.ByteBufAllocator;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Makes Netty report the buffers that were lost last: its leak detector looks only when another buffer is made, so after the last test garbage is
 * collected and a few more are made. To be named in {@code META-INF/services/org.junit.platform.launcher.LauncherSessionListener}.
 */
public final class LateLeaks implements LauncherSessionListener {

    private static final int ROUNDS = 4;
    private static final int BUFFERS = 200;

    /** Made by JUnit. */
    public LateLeaks() {}

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        for (int round = 0; round < ROUNDS; round++) {
            collectGarbage();
            for (int i = 0; i < BUFFERS; i++) {
                ByteBufAllocator.DEFAULT.directBuffer(16).release();
                ByteBufAllocator.DEFAULT.heapBuffer(16).release();
            }
        }
    }

    /** Returns when the collector has enqueued the references to what was garbage before. */
    private static void collectGarbage() {
        ReferenceQueue<Object> queue = new ReferenceQueue<>();
        PhantomReference<Object> sentinel = new PhantomReference<>(new Object(), queue);
        try {
            do {
                System.gc();
            } while (queue.remove(/* timeoutMillis= */ 1_000) != sentinel);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
