package dev.millrace.examples;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.millrace.hls.origin.HlsBody;
import dev.millrace.hls.origin.HlsOrigin;
import dev.millrace.hls.origin.HlsRequest;
import dev.millrace.hls.origin.HlsResponse;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Serves an {@link HlsOrigin} with the HTTP server of the JDK, at the path of whatever context this is put into. No thread waits while a
 * request is held. Thread-safe.
 */
public final class HlsHttpHandler implements HttpHandler {

    /** What this server takes for a response without content. */
    private static final int NO_CONTENT = -1;

    private final HlsOrigin origin;
    private final Executor executor;

    /**
     * Makes a handler.
     *
     * @param origin answers the requests
     * @param executor writes the responses to requests that were held; may be that of the server
     */
    public HlsHttpHandler(HlsOrigin origin, Executor executor) {
        this.origin = Objects.requireNonNull(origin, "origin");
        this.executor = Objects.requireNonNull(executor, "executor");
    }

    /** Answers at once, or returns and answers later. */
    @Override
    public void handle(HttpExchange exchange) throws IOException {
        CompletableFuture<HlsResponse> answer = origin.handle(request(exchange)).toCompletableFuture();
        if (answer.isDone()) {
            send(exchange, answer.join());
            return;
        }
        answer.thenAcceptAsync(response -> sendLater(exchange, response), executor)
                .whenComplete((done, failure) -> exchange.close());
    }

    private static HlsRequest request(HttpExchange exchange) {
        String path = Optional.ofNullable(exchange.getRequestURI().getRawPath()).orElse("");
        String context = exchange.getHttpContext().getPath();
        // The slash at the end of a context belongs to the path below it too.
        int mount = context.endsWith("/") ? context.length() - 1 : context.length();
        Map<String, String> headers = new HashMap<>();
        for (String name : HlsRequest.HEADERS) {
            List<String> values = exchange.getRequestHeaders().get(name);
            if (values != null) {
                headers.put(name, String.join(", ", values));
            }
        }
        return new HlsRequest(
                exchange.getRequestMethod(),
                path.substring(Math.min(mount, path.length())),
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()),
                headers,
                Optional.of(exchange.getRemoteAddress().getAddress().getHostAddress()));
    }

    private static void sendLater(HttpExchange exchange, HlsResponse response) {
        try {
            send(exchange, response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void send(HttpExchange exchange, HlsResponse response) throws IOException {
        try (exchange) {
            if (response.body() instanceof HlsBody.FileRegion region) {
                sendFile(exchange, response, region);
            } else if (response.body() instanceof HlsBody.Bytes bytes) {
                write(sendHeaders(exchange, response), bytes.buffers());
            } else {
                sendHeaders(exchange, response);
            }
        }
    }

    /** The file is opened first: it may be gone, and then there is still time to say so. */
    private static void sendFile(HttpExchange exchange, HlsResponse response, HlsBody.FileRegion region) throws IOException {
        try (FileChannel file = FileChannel.open(region.file(), StandardOpenOption.READ)) {
            if (file.size() < region.position() + region.length()) {
                exchange.sendResponseHeaders(404, NO_CONTENT);
                return;
            }
            WritableByteChannel out = Channels.newChannel(sendHeaders(exchange, response));
            long sent = 0;
            while (sent < region.length()) {
                long moved = file.transferTo(region.position() + sent, region.length() - sent, out);
                if (moved <= 0) {
                    throw new EOFException(region.file() + " ends after " + (region.position() + sent) + " bytes");
                }
                sent += moved;
            }
        } catch (NoSuchFileException e) {
            exchange.sendResponseHeaders(404, NO_CONTENT);
        }
    }

    /** To this server a length of 0 means that it is not known. */
    private static OutputStream sendHeaders(HttpExchange exchange, HlsResponse response) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        response.headers().forEach(headers::set);
        long length = response.body() instanceof HlsBody.Empty ? 0 : response.body().contentLength();
        exchange.sendResponseHeaders(response.status(), length == 0 ? NO_CONTENT : length);
        return exchange.getResponseBody();
    }

    private static void write(OutputStream out, List<ByteBuffer> buffers) throws IOException {
        WritableByteChannel channel = Channels.newChannel(out);
        for (ByteBuffer buffer : buffers) {
            channel.write(buffer);
        }
    }
}
