package dev.millrace.examples.endtoend;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.rtmp.connection.AccessPolicy;
import dev.millrace.rtmp.connection.PlayDecision;
import dev.millrace.rtmp.connection.PlayRequest;
import dev.millrace.rtmp.connection.PublishDecision;
import dev.millrace.rtmp.connection.PublishRequest;
import dev.millrace.rtmp.connection.RtmpConnection;
import dev.millrace.rtmp.connection.RtmpListener;
import dev.millrace.rtmp.server.RtmpServer;
import dev.millrace.rtmp.stream.LiveStream;
import dev.millrace.rtmp.stream.RingLimits;
import dev.millrace.rtmp.stream.SlowPolicy;
import dev.millrace.rtmp.stream.StreamOptions;
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
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A server with programs around it, all of which end with the test. Players may come before the stream that they want. */
final class Stage implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The server has sent 3 kB of handshake and about 1 kB of commands to a player when media begin. */
    private static final int MORE_THAN_COMMANDS_BYTES = 6_000;

    /** Nobody is too slow on a slow machine: that is not what is tested here. */
    private static final StreamOptions KEEP_ALL = StreamOptions.DEFAULT
            .withRing(new RingLimits(RingLimits.DEFAULT.maxFrames(), RingLimits.DEFAULT.maxBytes(), PATIENCE))
            .withSlow(SlowPolicy.skipToKeyframe(PATIENCE));

    private final Path folder;
    private final Semaphore playsAsked = new Semaphore(0);
    private final Semaphore playsStarted = new Semaphore(0);
    private final Semaphore keyframesSent = new Semaphore(0);
    private final Arrivals arrivals = new Arrivals();
    private final RtmpServer server;
    private final List<RunningTool> tools = new ArrayList<>();

    /** A player, running or done. */
    record Playing(Player player, RunningTool tool, Path output) {

        /** Waits for the end of the stream, and returns what arrived. */
        Packets awaitPackets(Tool ffmpeg) throws IOException, InterruptedException {
            int exitValue = tool.awaitExitValue();
            assertTrue(player.isGood(exitValue), () -> player + " ended with " + exitValue + ": " + tool.output());
            return player.packets(ffmpeg, output);
        }
    }

    private Stage(Path folder, SubscribeOptions delivered) {
        this.folder = folder;
        this.server = RtmpServer.builder()
                .host("127.0.0.1")
                .port(0)
                .addListener(listener())
                .access(access(delivered))
                .handlersInFront(pipeline -> pipeline.addLast(new OutboundWatch(MORE_THAN_COMMANDS_BYTES, keyframesSent::release)))
                .build();
    }

    private RtmpListener listener() {
        return new RtmpListener() {
            @Override
            public void onPublishStarted(RtmpConnection connection, LiveStream stream) {
                stream.subscribe(arrivals, ForkJoinPool.commonPool(), SubscribeOptions.EVERYTHING);
            }

            @Override
            public void onPlayStarted(RtmpConnection connection, LiveStream stream) {
                playsStarted.release();
            }
        };
    }

    private AccessPolicy access(SubscribeOptions delivered) {
        return new AccessPolicy() {
            @Override
            public CompletionStage<PublishDecision> publish(PublishRequest request) {
                return CompletableFuture.completedStage(PublishDecision.accept().with(KEEP_ALL));
            }

            @Override
            public CompletionStage<PlayDecision> play(PlayRequest request) {
                playsAsked.release();
                return CompletableFuture.completedStage(PlayDecision.accept().with(delivered).waitAtMost(PATIENCE));
            }
        };
    }

    /** Starts the server. VLC runs as somebody else, who must get to its own folder. */
    static Stage open(Path folder, SubscribeOptions delivered) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        Stage stage = new Stage(folder, delivered);
        stage.server.start().join();
        return stage;
    }

    /** What the server gets from publishers. */
    Arrivals arrivals() {
        return arrivals;
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
            Path own = Files.createTempDirectory(folder, player.name());
            Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwxrwxrwx"));
            Path output = player.outputIn(own);
            started.add(new Playing(player, keep(player.play(url(), output)), output));
        }
        assertTrue(playsAsked.tryAcquire(players.length, PATIENCE.toSeconds(), TimeUnit.SECONDS), () -> "not all players asked: " + logs());
        return started;
    }

    /** Waits until players have found the stream. Where in it they start is not decided yet. */
    void awaitPlaying(List<Playing> players) throws InterruptedException {
        await(playsStarted, players);
    }

    /** Waits until a keyframe is on its way to each player. */
    void awaitKeyframes(List<Playing> players) throws InterruptedException {
        await(keyframesSent, players);
    }

    private void await(Semaphore each, List<Playing> players) throws InterruptedException {
        assertTrue(each.tryAcquire(players.size(), PATIENCE.toSeconds(), TimeUnit.SECONDS), () -> "not all players started: " + logs());
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

    /** Has FFmpeg publish what it reads from its input, the bytes of an FLV file, as they are and when they come. */
    RunningTool publishInput(Tool ffmpeg) throws IOException {
        return publish(ffmpeg, List.of(
                "-v", "error", "-f", "data", "-i", "pipe:0", "-map", "0", "-c", "copy", "-flush_packets", "1", "-f", "data", url()));
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
