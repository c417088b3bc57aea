package dev.millrace.examples;

import dev.millrace.hls.packager.HlsListener;
import dev.millrace.hls.packager.HlsSnapshot;
import dev.millrace.media.Codec;
import dev.millrace.media.EndReason;
import dev.millrace.recording.Recording;
import dev.millrace.recording.RecordingListener;
import dev.millrace.rtmp.connection.CloseReason;
import dev.millrace.rtmp.connection.RtmpConnection;
import dev.millrace.rtmp.connection.RtmpListener;
import dev.millrace.rtmp.server.RtmpServer;
import dev.millrace.rtmp.stream.LiveStream;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Writes every event of a server as one line, and, with {@link #hls} and {@link #recordings}, those of
 * packagers and recorders. Thread-safe if its consumer of lines is.
 */
public final class EventLog implements RtmpListener {

    /** A reason may quote a client, which must not be able to start a line of its own. */
    private static final Pattern UNSHOWABLE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]");

    private final Consumer<String> lines;

    EventLog(Consumer<String> lines) {
        this.lines = Objects.requireNonNull(lines, "lines");
    }

    /**
     * Runs until the process is terminated.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        RtmpServer server = RtmpServer.builder().addListener(new EventLog(System.out::println)).build().start().join();
        System.out.println("Publish to rtmp://localhost:" + server.activePort() + "/live/NAME, and play it there");
    }

    private void line(String subject, String text) {
        lines.accept(UNSHOWABLE.matcher(subject + ": " + text).replaceAll("?"));
    }

    private void line(RtmpConnection connection, String text) {
        line("connection " + connection.id(), text);
    }

    @Override
    public void onConnectionOpened(RtmpConnection connection) {
        line(connection, "opened from " + connection.remoteAddress());
    }

    @Override
    public void onConnectionRefused(SocketAddress remoteAddress, String reason) {
        line("connection from " + remoteAddress, "not taken, " + reason);
    }

    @Override
    public void onConnectionClosed(RtmpConnection connection, CloseReason reason) {
        line(connection, "closed, " + reason.cause() + " (" + reason.text() + "), " + connection.statistics().bytesReceived() + " bytes in, "
                + connection.statistics().bytesSent() + " bytes out");
    }

    @Override
    public void onRequestRefused(RtmpConnection connection, String request, String code, String description) {
        line(connection, request + " refused with " + code + " (" + description + ")");
    }

    @Override
    public void onPublishStarted(RtmpConnection connection, LiveStream stream) {
        line(connection, "publishes " + stream);
    }

    @Override
    public void onPublishStopped(RtmpConnection connection, LiveStream stream, EndReason reason) {
        line(connection, "publishes " + stream + " no longer, " + reason + ", " + stream.statistics().videoFrames() + " video frames, "
                + stream.statistics().audioFrames() + " audio frames");
    }

    @Override
    public void onPlayStarted(RtmpConnection connection, LiveStream stream) {
        line(connection, "plays " + stream);
    }

    @Override
    public void onPlayStopped(RtmpConnection connection, LiveStream stream, EndReason reason) {
        line(connection, "plays " + stream + " no longer, " + reason);
    }

    @Override
    public void onLossStarted(RtmpConnection connection, LiveStream stream, long lostFrames) {
        line(connection, "too slow for " + stream + ", " + lostFrames + " frames lost so far");
    }

    @Override
    public void onLossEnded(RtmpConnection connection, LiveStream stream, long lostFrames) {
        line(connection, "keeps up with " + stream + " again, after " + lostFrames + " lost frames");
    }

    /** Returns a listener for the packager of a stream. */
    HlsListener hls(String stream) {
        return new HlsEvents("HLS of " + stream);
    }

    /** Returns a listener for the recorder of a stream. */
    RecordingListener recordings(String stream) {
        return new RecordingEvents("recording of " + stream);
    }

    /** Events of one packager. */
    private final class HlsEvents implements HlsListener {

        private final String subject;

        private HlsEvents(String subject) {
            this.subject = subject;
        }

        @Override
        public void onPlaylist(HlsSnapshot snapshot) {
            line(subject, "playlist " + snapshot.version() + " lists " + snapshot.media().segments().size() + " segments from number "
                    + snapshot.media().mediaSequence());
        }

        @Override
        public void onSegmentLost(String reason) {
            line(subject, "segment lost, " + reason);
        }

        @Override
        public void onTrackRefused(Codec codec, String reason) {
            line(subject, "goes without " + codec + ", " + reason);
        }

        @Override
        public void onEnded() {
            line(subject, "ended");
        }

        @Override
        public void onExpired() {
            line(subject, "expired");
        }

        @Override
        public void onOpenFailed(Throwable failure) {
            line(subject, "cannot be opened, " + failure);
        }

        @Override
        public void onDiscardFailed(Throwable failure) {
            line(subject, "segments not deleted, " + failure);
        }
    }

    /** Events of one recorder. */
    private final class RecordingEvents implements RecordingListener {

        private final String subject;

        private RecordingEvents(String subject) {
            this.subject = subject;
        }

        @Override
        public void onFinished(Recording recording) {
            line(subject, "finished, " + recording);
        }

        @Override
        public void onFailed(Recording recording, IOException failure) {
            line(subject, "failed, " + failure + ", what is kept is " + recording);
        }
    }
}
