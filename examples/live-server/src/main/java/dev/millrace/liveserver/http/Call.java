package dev.millrace.liveserver.http;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * A request and its response.
 *
 * @param request the request
 * @param response the response
 * @param callback completed once, when the response is written or has failed
 */
record Call(Request request, Response response, Callback callback) {

    static final String READ_METHODS = "GET, HEAD";

    String method() {
        return request.getMethod();
    }

    boolean isHead() {
        return method().equals("HEAD");
    }

    /** GET or HEAD. */
    boolean isRead() {
        return method().equals("GET") || isHead();
    }

    /** Percent-encoded as it came, without the query. */
    String rawPath() {
        return request.getHttpURI().getPath();
    }

    Optional<String> rawQuery() {
        return Optional.ofNullable(request.getHttpURI().getQuery());
    }

    /** Values of a header that came several times are joined. */
    Optional<String> header(String name) {
        return request.getHeaders().contains(name)
                ? Optional.of(String.join(", ", request.getHeaders().getValuesList(name)))
                : Optional.empty();
    }

    /** Threads of the server, to go on when an answer comes from elsewhere. */
    Executor executor() {
        return request.getComponents().getExecutor();
    }

    void set(HttpHeader header, String value) {
        response.getHeaders().put(header, value);
    }

    void set(String header, String value) {
        response.getHeaders().put(header, value);
    }

    /** Any page may read this. */
    void allowAllOrigins() {
        set(HttpHeader.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    }

    /** Answers with content, of which the server sends nothing but the length if this is HEAD. */
    void send(int status, String contentType, byte[] content) {
        response.setStatus(status);
        set(HttpHeader.CONTENT_TYPE, contentType);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, content.length);
        response.write(true, ByteBuffer.wrap(content), callback);
    }

    /** Answers without content. */
    void send(int status) {
        response.setStatus(status);
        response.write(true, ByteBuffer.allocate(0), callback);
    }

    /** Whether the client has what an entity tag stands for, so that 304 will do. */
    boolean hasAlready(String etag) {
        Optional<String> known = header("If-None-Match");
        if (known.isEmpty()) {
            return false;
        }
        for (String tag : known.get().split(",")) {
            String stripped = tag.strip();
            if (stripped.equals("*") || stripped.equals(etag) || stripped.equals("W/" + etag)) {
                return true;
            }
        }
        return false;
    }
}
