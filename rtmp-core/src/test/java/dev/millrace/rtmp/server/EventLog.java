package dev.millrace.rtmp.server;

import dev.millrace.media.EndReason;
import dev.millrace.rtmp.connection.CloseReason;
import dev.millrace.rtmp.connection.RtmpConnection;
import dev.millrace.rtmp.connection.RtmpListener;
import dev.millrace.rtmp.stream.LiveStream;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Events of a server, a line each, that a test can wait for. Thread-safe. */
final class EventLog implements RtmpListener {

    private final List<String> events = new ArrayList<>();

    private synchronized void add(String event) {
        events.add(event);
        notifyAll();
    }

    synchronized List<String> all() {
        return List.copyOf(events);
    }

    synchronized long count(String prefix) {
        return events.stream().filter(event -> event.startsWith(prefix)).count();
    }

    void await(String prefix) throws InterruptedException {
        await(prefix, 1);
    }

    void await(String prefix, int times) throws InterruptedException {
        awaitThat(list -> list.stream().filter(event -> event.startsWith(prefix)).count() >= times, times + " of " + prefix);
    }

    private synchronized void awaitThat(Predicate<List<String>> condition, String what) throws InterruptedException {
        long untilNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SocketClient.PATIENCE_MILLIS);
        while (!condition.test(events)) {
            long left = TimeUnit.NANOSECONDS.toMillis(untilNanos - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("no " + what + " in " + events);
            }
            wait(left);
        }
    }

    @Override
    public void onConnectionOpened(RtmpConnection connection) {
        add("opened");
    }

    @Override
    public void onConnectionRefused(SocketAddress remoteAddress, String reason) {
        add("not taken: " + reason);
    }

    @Override
    public void onConnectionClosed(RtmpConnection connection, CloseReason reason) {
        add("closed " + reason.cause() + ": " + reason.text());
    }

    @Override
    public void onRequestRefused(RtmpConnection connection, String request, String code, String description) {
        add("refused " + request + " " + code);
    }

    @Override
    public void onPublishStarted(RtmpConnection connection, LiveStream stream) {
        add("publishes " + stream.streamName());
    }

    @Override
    public void onPublishStopped(RtmpConnection connection, LiveStream stream, EndReason reason) {
        add("published " + stream.streamName() + " " + reason);
    }

    @Override
    public void onPlayStarted(RtmpConnection connection, LiveStream stream) {
        add("plays " + stream.streamName());
    }

    @Override
    public void onPlayStopped(RtmpConnection connection, LiveStream stream, EndReason reason) {
        add("played " + stream.streamName() + " " + reason);
    }

    @Override
    public void onLossStarted(RtmpConnection connection, LiveStream stream, long lostFrames) {
        add("lost of " + stream.streamName());
    }

    @Override
    public void onLossEnded(RtmpConnection connection, LiveStream stream, long lostFrames) {
        add("keeps up with " + stream.streamName());
    }
}
