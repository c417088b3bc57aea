package dev.millrace.hls.origin;

import dev.millrace.hls.playlist.PlaylistText;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * The query of a playlist request, which the URIs in the playlist get too: it may hold an access token. Directives to the origin
 * ({@code _HLS_…}) are not passed on (draft-pantos-hls-rfc8216bis, 6.2.5).
 */
final class RequestQuery {

    /** Room for a token of 2 KB and a page of parameters. It is repeated behind each URI of a playlist. */
    static final int MAX_CHARS = PlaylistText.MAX_QUERY_CHARS;

    private static final String DIRECTIVE = "_HLS_";

    private RequestQuery() {}

    /**
     * Checks a query.
     *
     * @return what to put behind the URIs in a playlist, empty for nothing. What must not stand in a URI but does in those of browsers is
     *     still there: {@link PlaylistText} encodes it
     * @throws BadRequestException if it is too long, its percent-encoding is broken, or it is not visible ASCII
     */
    static Optional<String> forChildren(Optional<String> rawQuery) throws BadRequestException {
        String raw = rawQuery.orElse("");
        if (raw.length() > MAX_CHARS) {
            throw new BadRequestException("query is longer than " + MAX_CHARS + " characters");
        }
        for (int i = 0; i < raw.length(); i++) {
            PercentEncoding.checkVisibleAscii(raw.charAt(i));
            if (raw.charAt(i) == '%') {
                PercentEncoding.checkTriplet(raw, i);
            }
        }
        StringJoiner kept = new StringJoiner("&");
        for (String parameter : raw.split("&")) {
            if (!parameter.isEmpty() && !parameter.startsWith(DIRECTIVE)) {
                kept.add(parameter);
            }
        }
        return Optional.of(kept.toString()).filter(query -> !query.isEmpty());
    }
}
