package dev.millrace.hls.origin;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The parts of an HTTP request that an origin needs. Immutable. Nothing is checked here: any text from a client may be passed.
 *
 * @param method as in the request line, {@code GET}
 * @param rawPath relative to where the host has mounted the origin, with {@code '/'} in front, and percent-encoded as it came:
 *     {@code /rtmp/live/test123/index.m3u8}
 * @param rawQuery what follows the {@code '?'}, percent-encoded as it came; empty if there is none
 * @param headers names in lower case; those of {@link #HEADERS} are enough. A field that came several times is joined with {@code ", "}
 * @param remoteAddress the address of the client in any form, to tell viewers apart; without port
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110">RFC 9110, HTTP Semantics</a>
 */
public record HlsRequest(
        String method, String rawPath, Optional<String> rawQuery, Map<String, String> headers, Optional<String> remoteAddress) {

    /** The header fields that an origin reads, in lower case. */
    public static final Set<String> HEADERS = Set.of(
            "accept-encoding", "if-match", "if-none-match", "if-range", "range", "user-agent", "x-playback-session-id");

    /**
     * Copies the headers.
     *
     * @throws NullPointerException if anything is null
     */
    public HlsRequest {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(rawPath, "rawPath");
        Objects.requireNonNull(rawQuery, "rawQuery");
        headers = Map.copyOf(headers);
        Objects.requireNonNull(remoteAddress, "remoteAddress");
    }

    /**
     * Creates a request from what HTTP servers give.
     *
     * @param method as in the request line
     * @param target path and query, percent-encoded as they came; the path relative to where the host has mounted the origin, with
     *     {@code '/'} in front
     * @param headers returns the values of a field by its name in lower case, in their order; an empty list if the request does not have
     *     it. Called for {@link #HEADERS} only
     * @param remoteAddress the address of the client in any form; without port
     * @return the request
     */
    public static HlsRequest of(String method, String target, Function<String, List<String>> headers, String remoteAddress) {
        Map<String, String> fields = new HashMap<>();
        for (String name : HEADERS) {
            List<String> values = headers.apply(name);
            if (!values.isEmpty()) {
                fields.put(name, String.join(", ", values));
            }
        }
        return of(method, target, fields, Optional.of(remoteAddress));
    }

    private static HlsRequest of(String method, String target, Map<String, String> headers, Optional<String> remoteAddress) {
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        Optional<String> query = mark < 0 ? Optional.empty() : Optional.of(target.substring(mark + 1));
        return new HlsRequest(method, path, query, headers, remoteAddress);
    }

    /**
     * Creates a GET request without headers.
     *
     * @param target path and query, percent-encoded; the path relative to where the host has mounted the origin
     * @return the request
     */
    public static HlsRequest get(String target) {
        return of("GET", target, Map.of(), Optional.empty());
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }
}
