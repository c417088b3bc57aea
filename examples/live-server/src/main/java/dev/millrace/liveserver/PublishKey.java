package dev.millrace.liveserver;

import dev.millrace.rtmp.connection.AccessPolicy;
import dev.millrace.rtmp.connection.PublishDecision;
import dev.millrace.rtmp.connection.PublishRequest;
import dev.millrace.rtmp.stream.StreamOptions;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * Authorises publishers that know a key, which encoders send behind the stream name: {@code test123?key=KEY}.
 * Without a key, everyone may publish. Everyone may play. The query of a name is never shown to others.
 * Thread-safe.
 */
final class PublishKey implements AccessPolicy {

    private static final String PARAMETER = "key=";

    private final Optional<byte[]> key;
    private final StreamOptions options;

    /**
     * Makes a policy.
     *
     * @param key what publishers must know, if anything
     * @param options of all streams
     */
    PublishKey(Optional<String> key, StreamOptions options) {
        this.key = key.map(text -> text.getBytes(StandardCharsets.UTF_8));
        this.options = options;
    }

    @Override
    public CompletionStage<PublishDecision> publish(PublishRequest request) {
        boolean known = key.isEmpty() || given(request.address().query()).anyMatch(guess -> MessageDigest.isEqual(guess, key.get()));
        return CompletableFuture.completedStage(
                known ? PublishDecision.accept().with(options) : PublishDecision.reject("publishing needs the key of this server: NAME?key=KEY"));
    }

    private static Stream<byte[]> given(String query) {
        return Stream.of(query.split("&"))
                .filter(parameter -> parameter.startsWith(PARAMETER))
                .map(parameter -> parameter.substring(PARAMETER.length()))
                // People type keys as they are; programs encode them.
                .flatMap(value -> Stream.of(value, decoded(value)))
                .map(value -> value.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return value;
        }
    }
}
