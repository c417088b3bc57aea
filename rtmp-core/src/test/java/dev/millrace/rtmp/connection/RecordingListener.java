package dev.millrace.rtmp.connection;

import dev.millrace.media.EndReason;
import dev.millrace.rtmp.stream.LiveStream;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what happens, a line an event, without the connection's number. */
final class RecordingListener implements RtmpListener {

    final List<String> events = new CopyOnWriteArrayList<>();

    long count(String event) {
        return events.stream().filter(event::equals).count();
    }

    private static String of(RtmpConnection connection) {
        return connection.attachment().map(attachment -> " of " + attachment).orElse("");
    }

    @Override
    public void onConnectionOpened(RtmpConnection connection) {
        events.add("opened" + of(connection));
    }

    @Override
    public void onConnectionRefused(SocketAddress remoteAddress, String reason) {
        events.add("not taken: " + reason);
    }

    @Override
    public void onConnectionClosed(RtmpConnection connection, CloseReason reason) {
        events.add("closed " + reason.cause() + of(connection));
    }

    @Override
    public void onRequestRefused(RtmpConnection connection, String request, String code, String description) {
        events.add("refused " + request + " " + code + of(connection));
    }

    @Override
    public void onPublishStarted(RtmpConnection connection, LiveStream stream) {
        events.add("publishes " + stream.streamName() + of(connection));
    }

    @Override
    public void onPublishStopped(RtmpConnection connection, LiveStream stream, EndReason reason) {
        events.add("published " + stream.streamName() + " " + reason + of(connection));
    }

    @Override
    public void onPlayStarted(RtmpConnection connection, LiveStream stream) {
        events.add("plays " + stream.streamName() + of(connection));
    }

    @Override
    public void onPlayStopped(RtmpConnection connection, LiveStream stream, EndReason reason) {
        events.add("played " + stream.streamName() + " " + reason + of(connection));
    }

    @Override
    public void onLossStarted(RtmpConnection connection, LiveStream stream, long lostFrames) {
        events.add("lost " + lostFrames + " of " + stream.streamName());
    }

    @Override
    public void onLossEnded(RtmpConnection connection, LiveStream stream, long lostFrames) {
        events.add("keeps up with " + stream.streamName() + " after " + lostFrames);
    }
}
