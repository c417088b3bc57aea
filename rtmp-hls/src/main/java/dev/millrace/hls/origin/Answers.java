package dev.millrace.hls.origin;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Creates responses with the headers that all have in common, and responses without a resource. Immutable. */
final class Answers {

    static final String JSON = "application/json";
    static final String NO_STORE = "no-store";

    private static final String METHODS = "GET, HEAD, OPTIONS";
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    /** How long a browser may cache the answer to a preflight: a day, which some browsers limit further. */
    private static final String PREFLIGHT_SECONDS = "86400";

    /** A segment lasts seconds, so a client should retry soon. */
    private static final String RETRY_SECONDS = "1";

    private final Optional<String> allowOrigin;

    Answers(OriginOptions options) {
        allowOrigin = options.allowOrigin();
    }

    /** Returns the response to GET; the content is removed for HEAD later. */
    HlsResponse of(int status, Map<String, String> headers, HlsBody body) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        if (status != NO_CONTENT && status != NOT_MODIFIED) {
            all.put("Content-Length", Long.toString(body.contentLength()));
        }
        allowOrigin.ifPresent(origin -> {
            all.put("Access-Control-Allow-Origin", origin);
            all.put("Access-Control-Expose-Headers", "Content-Length, Content-Range, Date, Age");
        });
        return new HlsResponse(status, all, body);
    }

    /** Returns the response to OPTIONS, with or without a CORS preflight. */
    HlsResponse options() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Allow", METHODS);
        if (allowOrigin.isPresent()) {
            headers.put("Access-Control-Allow-Methods", METHODS);
            headers.put("Access-Control-Allow-Headers", "Range, X-Playback-Session-Id");
            headers.put("Access-Control-Max-Age", PREFLIGHT_SECONDS);
        }
        return of(NO_CONTENT, headers, new HlsBody.Empty(0));
    }

    /** Returns 304 with the headers that 200 would have had (RFC 9110, 15.4.5). */
    HlsResponse notModified(Map<String, String> headers) {
        Map<String, String> kept = new LinkedHashMap<>(headers);
        kept.keySet().removeIf(name -> name.startsWith("Content-") || name.startsWith("Accept-"));
        return of(NOT_MODIFIED, kept, new HlsBody.Empty(0));
    }

    HlsResponse badRequest(BadRequestException e) {
        return error(400, e.getMessage(), Map.of());
    }

    HlsResponse notFound() {
        return error(404, "not found", Map.of());
    }

    HlsResponse methodNotAllowed() {
        return error(405, "method not allowed", Map.of("Allow", METHODS));
    }

    HlsResponse preconditionFailed() {
        return error(412, "precondition failed", Map.of());
    }

    HlsResponse rangeNotSatisfiable(long size) {
        return error(416, "range not satisfiable", Map.of("Content-Range", "bytes */" + size));
    }

    HlsResponse internalError() {
        return error(500, "internal error", Map.of());
    }

    HlsResponse unavailable(String reason) {
        return error(503, reason, Map.of("Retry-After", RETRY_SECONDS));
    }

    /** Messages are constants without characters that JSON would have to escape. */
    private HlsResponse error(int status, String message, Map<String, String> more) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", JSON);
        headers.put("Cache-Control", NO_STORE);
        headers.putAll(more);
        byte[] json = ("{\"error\":\"" + message + "\"}").getBytes(StandardCharsets.US_ASCII);
        return of(status, headers, new HlsBody.Bytes(List.of(ByteBuffer.wrap(json))));
    }
}
