package dev.millrace.examples;

import dev.millrace.recording.DirectoryRecordings;
import dev.millrace.recording.FlvRecorder;
import dev.millrace.recording.Recording;
import dev.millrace.recording.RecordingListener;
import dev.millrace.recording.RecordingOptions;
import dev.millrace.rtmp.connection.RtmpConnection;
import dev.millrace.rtmp.connection.RtmpListener;
import dev.millrace.rtmp.server.RtmpServer;
import dev.millrace.rtmp.stream.LiveStream;
import dev.millrace.rtmp.stream.SubscribeOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** Records every published stream, with a new file every ten minutes. Arguments: port, folder. */
public final class RecordToFlv {

    private RecordToFlv() {}

    /**
     * Runs until the process is terminated.
     *
     * @param arguments port and folder
     */
    public static void main(String[] arguments) {
        RtmpServer server = start(Integer.parseInt(arguments[0]), Path.of(arguments[1]), RecordingListener.NONE);
        System.out.println("Publish to rtmp://localhost:" + server.activePort() + "/live/NAME");
    }

    /**
     * Starts a server that records.
     *
     * @param port 0 for any free one
     * @param folder receives the files
     * @param done notified of each file
     * @return the server, which listens
     */
    public static RtmpServer start(int port, Path folder, RecordingListener done) {
        Executor files = Executors.newCachedThreadPool();
        RtmpListener recorders = new RtmpListener() {
            @Override
            public void onPublishStarted(RtmpConnection connection, LiveStream stream) {
                DirectoryRecordings store = new DirectoryRecordings(folder, stream.streamName().path(), InstantSource.system());
                RecordingOptions options = RecordingOptions.DEFAULT.rollAfter(Duration.ofMinutes(10));
                stream.subscribe(new FlvRecorder(store, options, printing(stream, done)), files, SubscribeOptions.EVERYTHING);
            }
        };
        return RtmpServer.builder().port(port).addListener(recorders).build().start().join();
    }

    private static RecordingListener printing(LiveStream stream, RecordingListener next) {
        return new RecordingListener() {
            @Override
            public void onFinished(Recording recording) {
                System.out.println(stream.streamName() + ": " + recording);
                next.onFinished(recording);
            }
        };
    }
}
