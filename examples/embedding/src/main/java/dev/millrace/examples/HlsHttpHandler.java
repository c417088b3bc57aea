package dev.millrace.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.millrace.hls.origin.HlsBody;
import dev.millrace.hls.origin.HlsOrigin;
import dev.millrace.hls.origin.HlsRequest;
import dev.millrace.hls.origin.HlsResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Serves an {@link HlsOrigin} with the HTTP server of the JDK, at the path of the context it is registered
 * for. No thread waits while a request is held. Thread-safe.
 */
public final class HlsHttpHandler implements HttpHandler {

    /** The length that this server expects for a response without content. */
    private static final int NO_CONTENT = -1;

    private final HlsOrigin origin;
    private final Executor executor;

    /**
     * Creates a handler.
     *
     * @param origin answers the requests
     * @param executor writes the responses to requests that were held; may be the server's
     */
    public HlsHttpHandler(HlsOrigin origin, Executor executor) {
        this.origin = Objects.requireNonNull(origin, "origin");
        this.executor = Objects.requireNonNull(executor, "executor");
    }

    /** Answers immediately, or returns and answers later. */
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
        URI uri = exchange.getRequestURI();
        String path = Optional.ofNullable(uri.getRawPath()).orElse("");
        String context = exchange.getHttpContext().getPath();
        // The slash at the end of a context is also the first character of the path below it.
        int mount = context.endsWith("/") ? context.length() - 1 : context.length();
        String query = Optional.ofNullable(uri.getRawQuery()).map(raw -> "?" + raw).orElse("");
        return HlsRequest.of(
                exchange.getRequestMethod(),
                path.substring(Math.min(mount, path.length())) + query,
                name -> exchange.getRequestHeaders().getOrDefault(name, List.of()),
                exchange.getRemoteAddress().getAddress().getHostAddress());
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
            boolean isEmpty = response.body() instanceof HlsBody.Empty || response.body().contentLength() == 0;
            if (isEmpty) {
                sendHeaders(exchange, response, NO_CONTENT);
                return;
            }
            try {
                response.body().writeTo(new Content(exchange, response));
            } catch (NoSuchFileException removed) {
                exchange.sendResponseHeaders(404, NO_CONTENT);
            }
        }
    }

    private static OutputStream sendHeaders(HttpExchange exchange, HlsResponse response, long length) throws IOException {
        response.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(response.status(), length);
        return exchange.getResponseBody();
    }

    /** The content of a response. Sends the headers with the first byte, when the file is known to exist. */
    private static final class Content implements WritableByteChannel {

        private final HttpExchange exchange;
        private final HlsResponse response;
        private Optional<WritableByteChannel> out = Optional.empty();

        private Content(HttpExchange exchange, HlsResponse response) {
            this.exchange = exchange;
            this.response = response;
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            if (out.isEmpty()) {
                out = Optional.of(Channels.newChannel(sendHeaders(exchange, response, response.body().contentLength())));
            }
            return out.get().write(bytes);
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        /** Does nothing: the caller closes the exchange. */
        @Override
        public void close() {}
    }
}
