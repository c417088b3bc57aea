package dev.millrace.rtmp.connection;

import dev.millrace.media.EndReason;
import dev.millrace.rtmp.stream.LiveStream;
import java.net.SocketAddress;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs and counts the exceptions of a host's listener instead of throwing them into the library. Thread-safe. */
final class SafeListener implements RtmpListener {

    private static final Logger LOG = LoggerFactory.getLogger(SafeListener.class);

    private final RtmpListener listener;
    private final LongAdder failures = new LongAdder();

    private SafeListener(RtmpListener listener) {
        this.listener = listener;
    }

    /** Wraps a listener, unless it is wrapped already. */
    static SafeListener of(RtmpListener listener) {
        return listener instanceof SafeListener safe ? safe : new SafeListener(Objects.requireNonNull(listener, "listener"));
    }

    /** Returns how many calls have failed. */
    long failures() {
        return failures.sum();
    }

    private void call(Runnable event) {
        try {
            event.run();
        } catch (RuntimeException | Error e) {
            failures.increment();
            LOG.warn("A listener failed", e);
        }
    }

    @Override
    public void onConnectionOpened(RtmpConnection connection) {
        call(() -> listener.onConnectionOpened(connection));
    }

    @Override
    public void onConnectionRefused(SocketAddress remoteAddress, String reason) {
        call(() -> listener.onConnectionRefused(remoteAddress, reason));
    }

    @Override
    public void onConnectionClosed(RtmpConnection connection, CloseReason reason) {
        call(() -> listener.onConnectionClosed(connection, reason));
    }

    @Override
    public void onRequestRefused(RtmpConnection connection, String request, String code, String description) {
        call(() -> listener.onRequestRefused(connection, request, code, description));
    }

    @Override
    public void onPublishStarted(RtmpConnection connection, LiveStream stream) {
        call(() -> listener.onPublishStarted(connection, stream));
    }

    @Override
    public void onPublishStopped(RtmpConnection connection, LiveStream stream, EndReason reason) {
        call(() -> listener.onPublishStopped(connection, stream, reason));
    }

    @Override
    public void onPlayStarted(RtmpConnection connection, LiveStream stream) {
        call(() -> listener.onPlayStarted(connection, stream));
    }

    @Override
    public void onPlayStopped(RtmpConnection connection, LiveStream stream, EndReason reason) {
        call(() -> listener.onPlayStopped(connection, stream, reason));
    }

    @Override
    public void onLossStarted(RtmpConnection connection, LiveStream stream, long lostFrames) {
        call(() -> listener.onLossStarted(connection, stream, lostFrames));
    }

    @Override
    public void onLossEnded(RtmpConnection connection, LiveStream stream, long lostFrames) {
        call(() -> listener.onLossEnded(connection, stream, lostFrames));
    }
}
