package dev.millrace.rtmp.connection;

import dev.millrace.media.EndReason;
import dev.millrace.rtmp.stream.LiveStream;
import java.net.SocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes events on to the host's listeners, one after the other. Exceptions are logged and counted, and do not reach anyone else. Thread-safe. */
final class SafeListener implements RtmpListener {

    private static final Logger LOG = LoggerFactory.getLogger(SafeListener.class);

    private final List<RtmpListener> listeners;
    private final LongAdder failures = new LongAdder();

    /** Takes the listeners of a safe listener one by one, so that failures are counted here. */
    SafeListener(Collection<? extends RtmpListener> listeners) {
        this.listeners = listeners.stream()
                .flatMap(listener -> listener instanceof SafeListener safe ? safe.listeners.stream() : Stream.of(listener))
                .toList();
    }

    /** Wraps a listener, unless it is wrapped already. */
    static SafeListener of(RtmpListener listener) {
        return listener instanceof SafeListener safe ? safe : new SafeListener(List.of(listener));
    }

    /** Returns how many calls have failed. */
    long failures() {
        return failures.sum();
    }

    private void forEach(Consumer<RtmpListener> event) {
        for (RtmpListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException | Error e) {
                failures.increment();
                LOG.warn("Listener failed listener={}", listener.getClass().getName(), e);
            }
        }
    }

    @Override
    public void onConnectionOpened(RtmpConnection connection) {
        forEach(listener -> listener.onConnectionOpened(connection));
    }

    @Override
    public void onConnectionRefused(SocketAddress remoteAddress, String reason) {
        forEach(listener -> listener.onConnectionRefused(remoteAddress, reason));
    }

    @Override
    public void onConnectionClosed(RtmpConnection connection, CloseReason reason) {
        forEach(listener -> listener.onConnectionClosed(connection, reason));
    }

    @Override
    public void onRequestRefused(RtmpConnection connection, String request, String code, String description) {
        forEach(listener -> listener.onRequestRefused(connection, request, code, description));
    }

    @Override
    public void onPublishStarted(RtmpConnection connection, LiveStream stream) {
        forEach(listener -> listener.onPublishStarted(connection, stream));
    }

    @Override
    public void onPublishStopped(RtmpConnection connection, LiveStream stream, EndReason reason) {
        forEach(listener -> listener.onPublishStopped(connection, stream, reason));
    }

    @Override
    public void onPlayStarted(RtmpConnection connection, LiveStream stream) {
        forEach(listener -> listener.onPlayStarted(connection, stream));
    }

    @Override
    public void onPlayStopped(RtmpConnection connection, LiveStream stream, EndReason reason) {
        forEach(listener -> listener.onPlayStopped(connection, stream, reason));
    }

    @Override
    public void onLossStarted(RtmpConnection connection, LiveStream stream, long lostFrames) {
        forEach(listener -> listener.onLossStarted(connection, stream, lostFrames));
    }

    @Override
    public void onLossEnded(RtmpConnection connection, LiveStream stream, long lostFrames) {
        forEach(listener -> listener.onLossEnded(connection, stream, lostFrames));
    }
}
