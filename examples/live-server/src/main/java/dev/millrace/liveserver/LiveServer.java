package dev.millrace.liveserver;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * A live streaming server on the command line. Prints its addresses, or why it cannot start, and shuts down
 * in order when it is terminated.
 */
@Command(
        name = "live-server",
        header = "Takes live streams from encoders over RTMP, and gives them to players and browsers.",
        description = {
            "",
            "Publish with OBS or ffmpeg to rtmp://HOST/live/NAME, and open the page at http://HOST:8082/: it shows what is live, plays it, and says how to"
                    + " publish. Streams can be played over RTMP, HLS and HTTP-FLV, recorded, and looked after through a REST API."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  live-server --demo                       a test picture to look at, without an encoder",
            "  live-server --publish-key s3cret         publish to rtmp://HOST/live/NAME?key=s3cret",
            "  live-server --record --data /var/media   recordings in /var/media/recordings",
            "  live-server --hls-store directory        HLS that outlives a restart",
            "",
            "SIGTERM or Ctrl-C ends it in order: players are told, recordings and playlists finished, within nine seconds."
        },
        mixinStandardHelpOptions = true,
        version = "Millrace live-server 0.1.0-SNAPSHOT",
        usageHelpWidth = 110,
        sortOptions = false)
public final class LiveServer implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private LiveServerOptions options;

    /** Made by the command line. */
    LiveServer() {}

    /**
     * Runs the server until the process is told to stop.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        int exitCode = new CommandLine(new LiveServer()).execute(arguments);
        if (exitCode != CommandLine.ExitCode.OK) {
            System.exit(exitCode);
        }
    }

    /**
     * Starts the server. It goes on when this returns.
     *
     * @return 0 if it runs, 1 if a port is taken or cannot be opened for another reason
     */
    @Override
    public Integer call() {
        options.problem().ifPresent(problem -> {
            throw new CommandLine.ParameterException(spec.commandLine(), problem);
        });
        LiveService service;
        try {
            service = LiveService.start(options, spec.version()[0]);
        } catch (IOException e) {
            PrintWriter err = spec.commandLine().getErr();
            err.println(e.getMessage());
            err.flush();
            return CommandLine.ExitCode.SOFTWARE;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(service::close, "shutdown"));
        greet(service.rtmpPort(), service.httpPort());
        return CommandLine.ExitCode.OK;
    }

    private void greet(int rtmpPort, int httpPort) {
        String host = options.listening.host;
        String shown = host.equals("0.0.0.0") ? "localhost" : host;
        String rtmp = "rtmp://" + shown + ":" + rtmpPort + "/live";
        String name = options.access.publishKey.isPresent() ? "test123?key=KEY" : "test123";
        PrintWriter out = spec.commandLine().getOut();
        out.println("Listening for RTMP on " + host + ":" + rtmpPort + ", for HTTP on " + host + ":" + httpPort);
        out.println("Open:    http://" + shown + ":" + httpPort + "/");
        out.println("Publish: ffmpeg -re -i INPUT -c copy -f flv " + rtmp + "/" + name);
        out.println("    OBS: server " + rtmp + ", stream key " + name);
        out.println("Play:    ffplay " + rtmp + "/test123");
        if (options.streams.hls.isOn()) {
            out.println("HLS:     http://" + shown + ":" + httpPort + "/hls/rtmp/live/test123/index.m3u8");
        }
        out.println("Streams: http://" + shown + ":" + httpPort + "/api/v1/rtmp/streams");
        out.flush();
    }
}
