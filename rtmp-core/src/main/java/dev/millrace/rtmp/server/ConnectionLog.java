package dev.millrace.rtmp.server;

import dev.millrace.media.EndReason;
import dev.millrace.rtmp.connection.CloseReason;
import dev.millrace.rtmp.connection.RtmpConnection;
import dev.millrace.rtmp.connection.RtmpListener;
import dev.millrace.rtmp.stream.LiveStream;
import java.net.SocketAddress;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs one line an event. Text of a client is never logged, only names that the host accepted. */
final class ConnectionLog implements RtmpListener {

    private static final Logger LOG = LoggerFactory.getLogger(RtmpServer.class);

    private static final Pattern UNSHOWABLE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}\\x{80}-\\x{9f}]");

    /** One line, whatever it holds: a failure may quote the client, and some loggers look things up that are written like this: <code>${x}</code>. */
    private static String shown(String text) {
        return UNSHOWABLE.matcher(text).replaceAll("?").replace("${", "$\\{");
    }

    @Override
    public void onConnectionOpened(RtmpConnection connection) {
        LOG.debug("[{}] opened from {}", connection.id(), connection.remoteAddress());
    }

    @Override
    public void onConnectionRefused(SocketAddress remoteAddress, String reason) {
        LOG.info("refused {}: {}", remoteAddress, reason);
    }

    @Override
    public void onConnectionClosed(RtmpConnection connection, CloseReason reason) {
        LOG.info("[{}] closed, {}: {} ({})", connection.id(), connection.remoteAddress(), reason.cause(), shown(reason.text()));
    }

    @Override
    public void onRequestRefused(RtmpConnection connection, String request, String code, String description) {
        LOG.info("[{}] {} from {} refused: {} ({})", connection.id(), request, connection.remoteAddress(), shown(code), shown(description));
    }

    @Override
    public void onPublishStarted(RtmpConnection connection, LiveStream stream) {
        LOG.info("[{}] {} publishes {}", connection.id(), connection.remoteAddress(), shown(stream.streamName().path()));
    }

    @Override
    public void onPublishStopped(RtmpConnection connection, LiveStream stream, EndReason reason) {
        LOG.info("[{}] stops publishing {}: {}", connection.id(), shown(stream.streamName().path()), reason);
    }

    @Override
    public void onPlayStarted(RtmpConnection connection, LiveStream stream) {
        LOG.info("[{}] {} plays {}", connection.id(), connection.remoteAddress(), shown(stream.streamName().path()));
    }

    @Override
    public void onPlayStopped(RtmpConnection connection, LiveStream stream, EndReason reason) {
        LOG.info("[{}] stops playing {}: {}", connection.id(), shown(stream.streamName().path()), reason);
    }

    @Override
    public void onLossStarted(RtmpConnection connection, LiveStream stream, long lostFrames) {
        LOG.info("[{}] is too slow for {}", connection.id(), shown(stream.streamName().path()));
    }

    @Override
    public void onLossEnded(RtmpConnection connection, LiveStream stream, long lostFrames) {
        LOG.info("[{}] keeps up with {} again, after {} lost frames", connection.id(), shown(stream.streamName().path()), lostFrames);
    }
}
