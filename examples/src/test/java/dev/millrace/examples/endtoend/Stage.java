package dev.millrace.examples.endtoend;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.rtmp.connection.AccessPolicy;
import dev.millrace.rtmp.connection.PlayDecision;
import dev.millrace.rtmp.connection.PlayRequest;
import dev.millrace.rtmp.server.RtmpServer;
import dev.millrace.rtmp.stream.SubscribeOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A server with programs around it, all of which end with the test. Players may come before the stream that they want. */
final class Stage implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final Semaphore playsAsked = new Semaphore(0);
    private final RtmpServer server;
    private final List<RunningTool> tools = new ArrayList<>();

    /** A player, running or done. */
    record Playing(Player player, RunningTool tool, Path output) {

        /** Waits for the end of the stream, and returns what arrived. */
        Packets awaitPackets(Tool ffmpeg) throws IOException, InterruptedException {
            tool.awaitSuccess();
            return player.packets(ffmpeg, output);
        }
    }

    private Stage(Path folder, SubscribeOptions delivered) {
        this.folder = folder;
        this.server = RtmpServer.builder().host("127.0.0.1").port(0).access(new AccessPolicy() {
            @Override
            public CompletionStage<PlayDecision> play(PlayRequest request) {
                playsAsked.release();
                return CompletableFuture.completedStage(PlayDecision.accept().with(delivered).waitAtMost(PATIENCE));
            }
        }).build();
    }

    /** Starts the server. VLC runs as somebody else, who must get to its own folder. */
    static Stage open(Path folder, SubscribeOptions delivered) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        Stage stage = new Stage(folder, delivered);
        stage.server.start().join();
        return stage;
    }

    RtmpServer server() {
        return server;
    }

    String url() {
        return "rtmp://127.0.0.1:" + server.activePort() + "/live/test123";
    }

    /** Copies a file of the test resources. */
    Path media(String name) throws IOException {
        Path copy = folder.resolve(name);
        try (var resource = Stage.class.getResourceAsStream("/media/" + name)) {
            Files.copy(resource, copy);
        }
        return copy;
    }

    /** Starts players and waits until all have asked for the stream. */
    List<Playing> play(Player... players) throws IOException, InterruptedException {
        List<Playing> started = new ArrayList<>();
        for (Player player : players) {
            Path own = Files.createTempDirectory(folder, player.name().toLowerCase(java.util.Locale.ROOT));
            Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwxrwxrwx"));
            Path output = player.outputIn(own);
            started.add(new Playing(player, keep(player.play(url(), output)), output));
        }
        assertTrue(playsAsked.tryAcquire(players.length, PATIENCE.toSeconds(), TimeUnit.SECONDS), () -> "not all players asked: " + logs());
        return started;
    }

    /** Starts a publisher. */
    RunningTool publish(Tool tool, List<String> arguments) throws IOException {
        return keep(RunningTool.start(tool, folder.resolve("publisher.log"), arguments));
    }

    /** Has a version of FFmpeg publish a file at the pace of its times. */
    RunningTool publish(Tool ffmpeg, Path file, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-v", "error", "-re", "-i", file.toString(), "-map", "0", "-c", "copy"));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of("-f", "flv", url()));
        return publish(ffmpeg, arguments);
    }

    private RunningTool keep(RunningTool tool) {
        tools.add(tool);
        return tool;
    }

    private String logs() {
        StringBuilder all = new StringBuilder();
        tools.forEach(tool -> all.append(tool.output()).append('\n'));
        return all.toString();
    }

    @Override
    public void close() {
        tools.forEach(RunningTool::close);
        server.close().join();
    }
}
