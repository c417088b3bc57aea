package dev.millrace.hls.origin;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * An HTTP response that is ready to be written. It belongs to one request.
 *
 * @param status 200, 204, 206, 304, 400, 404, 405, 412, 416, 500 or 503
 * @param headers in insertion order; complete except for {@code Date} and {@code Server}, with {@code Content-Length} wherever it is allowed
 *     (not with 204 and 304); they contain no text of the request
 * @param body the content
 */
public record HlsResponse(int status, Map<String, String> headers, HlsBody body) {

    /**
     * Copies the headers.
     *
     * @throws IllegalArgumentException if the status is not 200 to 599
     */
    public HlsResponse {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status " + status + " is not 200 to 599");
        }
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        Objects.requireNonNull(body, "body");
    }

    /** Returns the response to HEAD instead of GET: the same without the content (RFC 9110, 9.3.2). */
    HlsResponse withoutContent() {
        return new HlsResponse(status, headers, new HlsBody.Empty(body.contentLength()));
    }
}
