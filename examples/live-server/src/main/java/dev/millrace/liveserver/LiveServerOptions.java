package dev.millrace.liveserver;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options of {@link LiveServer}'s command line. Filled once, before the server starts. */
final class LiveServerOptions {

    @ArgGroup(validate = false, heading = "%nWhere it listens:%n")
    final Listening listening = new Listening();

    @ArgGroup(validate = false, heading = "%nWho may do what:%n")
    final Access access = new Access();

    @ArgGroup(validate = false, heading = "%nWhat becomes of streams:%n")
    final Streams streams = new Streams();

    @ArgGroup(validate = false, heading = "%nHow it runs:%n")
    final Running running = new Running();

    /** A word for yes and one for no. */
    enum Switch {
        on,
        off;

        boolean isOn() {
            return this == on;
        }
    }

    /** Where segments are kept. */
    enum HlsStore {
        memory,
        directory
    }

    /** Addresses and ports. */
    static final class Listening {

        @Option(names = "--host", paramLabel = "ADDRESS", description = "Address to listen on. Default: ${DEFAULT-VALUE}")
        String host = "0.0.0.0";

        @Option(
                names = "--rtmp-port",
                paramLabel = "PORT",
                description = "Port for encoders and players, 0 for any free one. Default: ${DEFAULT-VALUE}")
        int rtmpPort = 1935;

        @Option(
                names = "--http-port",
                paramLabel = "PORT",
                description = "Port for the page, HLS, HTTP-FLV and the API, 0 for any free one. Default: ${DEFAULT-VALUE}")
        int httpPort = 8082;
    }

    /** Keys. */
    static final class Access {

        @Option(
                names = "--publish-key",
                paramLabel = "KEY",
                description = "Only those may publish who send this key behind the name of the stream, as in test123?key=KEY. Default: everybody")
        Optional<String> publishKey = Optional.empty();

        @Option(
                names = "--admin-token",
                paramLabel = "TOKEN",
                description = "Lets whoever sends it as a bearer token end streams over HTTP. Default: only programs on this machine may")
        Optional<String> adminToken = Optional.empty();
    }

    /** What is done with what is published. */
    static final class Streams {

        @Option(names = "--demo", description = "Publishes a test picture with sound as live/demo.")
        boolean demo;

        @Option(names = "--record", description = "Records every stream as FLV under the data folder, in recordings/.")
        boolean record;

        @Option(names = "--data", paramLabel = "DIR", description = "Folder for what is stored. Default: ${DEFAULT-VALUE}")
        Path data = Path.of("data");

        @Option(names = "--hls", paramLabel = "on|off", description = "Every stream as HLS under /hls/. Default: ${DEFAULT-VALUE}")
        Switch hls = Switch.on;

        @Option(
                names = "--hls-store",
                paramLabel = "STORE",
                description = "Where segments are kept: ${COMPLETION-CANDIDATES}, the latter under the data folder, where it outlives the server."
                        + " Default: ${DEFAULT-VALUE}")
        HlsStore hlsStore = HlsStore.memory;

        @Option(
                names = "--hls-grace",
                paramLabel = "SECONDS",
                description = "How long a publisher may be away before its playlist ends, 0 to 3600. Default: ${DEFAULT-VALUE}")
        int hlsGraceSeconds = 10;

        Duration hlsGrace() {
            return Duration.ofSeconds(hlsGraceSeconds);
        }
    }

    /** Speed and delay. */
    static final class Running {

        @Option(
                names = "--merge-window",
                paramLabel = "MS",
                description = "How long frames may wait so that fewer writes go out, 0 to 5000: adds to the delay, saves processor time. Default: ${DEFAULT-VALUE}")
        int mergeWindowMillis;

        @Option(
                names = "--transport",
                paramLabel = "NAME",
                description = "How to wait for sockets: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
        EventLoops.Kind transport = EventLoops.Kind.nio;

        @Option(
                names = "--warm-up",
                paramLabel = "on|off",
                description = "Some seconds of made-up traffic at the start, so that the first players are served fast. Default: ${DEFAULT-VALUE}")
        Switch warmUp = Switch.on;

        Duration mergeWindow() {
            return Duration.ofMillis(mergeWindowMillis);
        }
    }

    /** What is wrong with the values, if something is. */
    Optional<String> problem() {
        return outside("--rtmp-port", listening.rtmpPort, 65_535)
                .or(() -> outside("--http-port", listening.httpPort, 65_535))
                .or(() -> outside("--merge-window", running.mergeWindowMillis, 5_000))
                .or(() -> outside("--hls-grace", streams.hlsGraceSeconds, 3_600))
                .or(() -> empty("--publish-key", access.publishKey))
                .or(() -> empty("--admin-token", access.adminToken));
    }

    private static Optional<String> outside(String option, int value, int most) {
        return value >= 0 && value <= most ? Optional.empty() : Optional.of(option + " " + value + " is not 0 to " + most);
    }

    /** What everybody could guess protects nothing. */
    private static Optional<String> empty(String option, Optional<String> value) {
        return value.filter(String::isBlank).map(blank -> option + " is empty");
    }
}
