package dev.millrace.hls.origin;

import dev.millrace.hls.packager.HlsStream;
import dev.millrace.hls.packager.HlsStreams;
import dev.millrace.hls.testkit.ManualTime;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** An origin with streams, and requests as values. */
final class TestHost implements HlsStreams {

    static final String PATH = "rtmp/live/test123";
    static final String MEDIA = "/" + PATH + "/media.m3u8";
    static final String INDEX = "/" + PATH + "/index.m3u8";

    final ManualTime time = new ManualTime();
    final Map<String, HlsStream> streams = new ConcurrentHashMap<>();

    /** The names that the origin asked for. */
    final List<String> asked = new ArrayList<>();

    final HlsOrigin origin;

    TestHost() {
        this(OriginOptions.DEFAULT);
    }

    TestHost(OriginOptions options) {
        origin = new HlsOrigin(this, options, time, time);
    }

    static OriginOptions maxWaiters(int maxWaiters) {
        return new OriginOptions(Duration.ofSeconds(10), maxWaiters, Optional.of("*"), 10);
    }

    static OriginOptions maxViewers(int maxViewers) {
        return new OriginOptions(Duration.ofSeconds(10), 10, Optional.of("*"), maxViewers);
    }

    TestHost with(HlsStream stream) {
        streams.put(PATH, stream);
        return this;
    }

    @Override
    public CompletionStage<Optional<HlsStream>> find(String streamPath) {
        asked.add(streamPath);
        return CompletableFuture.completedStage(Optional.ofNullable(streams.get(streamPath)));
    }

    /** Headers are names and values in turns. */
    CompletableFuture<HlsResponse> send(String method, String target, String... headers) {
        Map<String, String> fields = new ConcurrentHashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            fields.put(headers[i], headers[i + 1]);
        }
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        Optional<String> query = mark < 0 ? Optional.empty() : Optional.of(target.substring(mark + 1));
        return origin.handle(new HlsRequest(method, path, query, fields, Optional.of("192.0.2.7"))).toCompletableFuture();
    }

    /** The answer to a request that is answered at once. */
    HlsResponse get(String target, String... headers) {
        return now(send("GET", target, headers));
    }

    static HlsResponse now(CompletableFuture<HlsResponse> answer) {
        if (!answer.isDone()) {
            throw new AssertionError("no answer yet");
        }
        return answer.join();
    }

    static byte[] bytes(HlsResponse response) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (ByteBuffer buffer : ((HlsBody.Bytes) response.body()).buffers()) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            out.writeBytes(bytes);
        }
        return out.toByteArray();
    }

    static String text(HlsResponse response) {
        return new String(bytes(response), StandardCharsets.UTF_8);
    }
}
