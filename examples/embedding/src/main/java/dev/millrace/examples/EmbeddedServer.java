package dev.millrace.examples;

import dev.millrace.rtmp.connection.RtmpConnection;
import dev.millrace.rtmp.connection.RtmpListener;
import dev.millrace.rtmp.server.RtmpServer;
import dev.millrace.rtmp.stream.LiveStream;
import dev.millrace.rtmp.stream.SubscribeOptions;
import java.io.PrintStream;
import java.util.concurrent.ForkJoinPool;

/** The smallest host: accepts every publisher and player on port 1935 and prints a line for each published frame. */
public final class EmbeddedServer {

    private EmbeddedServer() {}

    /**
     * Runs until the process is terminated.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        RtmpServer server = start(1935, System.out);
        System.out.println("Publish to rtmp://localhost:" + server.activePort() + "/live/NAME, and play it there");
    }

    /** Starts on a port; 0 is any free one. The caller closes the server. */
    static RtmpServer start(int port, PrintStream out) {
        RtmpListener printer = new RtmpListener() {
            @Override
            public void onPublishStarted(RtmpConnection connection, LiveStream stream) {
                // Printing may block, so it runs on another thread than the connection.
                stream.subscribe(frame -> out.println(stream + ": " + frame), ForkJoinPool.commonPool(), SubscribeOptions.EVERYTHING);
            }
        };
        return RtmpServer.builder().port(port).addListener(printer).build().start().join();
    }
}
