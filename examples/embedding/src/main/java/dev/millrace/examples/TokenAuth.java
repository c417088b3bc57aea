package dev.millrace.examples;

import dev.millrace.rtmp.connection.AccessPolicy;
import dev.millrace.rtmp.connection.PublishDecision;
import dev.millrace.rtmp.connection.PublishRequest;
import dev.millrace.rtmp.server.RtmpServer;
import dev.millrace.rtmp.stream.StreamName;
import dev.millrace.rtmp.stream.Takeover;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Authenticates publishers by secret stream keys, which become public names. The key is looked up
 * asynchronously, as in a database; meanwhile nothing is read from that client, and other clients do not
 * wait.
 *
 * <p>The key appears in no log and no listing: no stream has that name, so that a player who asks for it is
 * told that there is none.
 */
public final class TokenAuth implements AccessPolicy {

    /** Shown by the encoder. Does not repeat the key, which others might see. */
    static final String UNKNOWN_KEY = "This stream key is not known. Please copy it again.";

    /** The host's database of keys. Thread-safe. */
    @FunctionalInterface
    interface StreamKeys {

        /** Completes on any thread with the public name of the stream, or empty. A failure is a refusal. */
        CompletionStage<Optional<StreamName>> find(String key);
    }

    private final StreamKeys keys;

    TokenAuth(StreamKeys keys) {
        this.keys = Objects.requireNonNull(keys, "keys");
    }

    /**
     * Runs until the process is terminated.
     *
     * @param arguments the port, 1935 if there is none
     */
    public static void main(String[] arguments) {
        int port = arguments.length == 0 ? 1935 : Integer.parseInt(arguments[0]);
        ExecutorService database = Executors.newFixedThreadPool(4);
        Map<String, StreamName> table = Map.of("k3y-0f-anna", new StreamName("live/anna"), "k3y-0f-ben", new StreamName("live/ben"));
        StreamKeys keys = key -> CompletableFuture.supplyAsync(() -> Optional.ofNullable(table.get(key)), database);
        RtmpServer server = start(port, keys);
        System.out.println("Publish to rtmp://localhost:" + server.activePort() + "/live with one of the keys, play /live/anna or /live/ben");
    }

    /** Starts on a port; 0 is any free one. The caller closes the server. */
    static RtmpServer start(int port, StreamKeys keys) {
        return RtmpServer.builder().port(port).access(new TokenAuth(keys)).build().start().join();
    }

    /** Encoders send the key in place of the stream name. */
    @Override
    public CompletionStage<PublishDecision> publish(PublishRequest request) {
        return keys.find(request.address().name().key()).thenApply(TokenAuth::decision);
    }

    private static PublishDecision decision(Optional<StreamName> found) {
        if (found.isEmpty()) {
            return PublishDecision.reject(UNKNOWN_KEY);
        }
        // The same key is the same publisher, which has reconnected: let it take over immediately.
        return PublishDecision.accept().as(found.get()).with(Takeover.ALWAYS);
    }
}
