package dev.millrace.hls.playlist;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** URI references of playlists (RFC 3986). */
final class PlaylistUri {

    /** Signed addresses of object stores have 1,000 to 2,000 characters. */
    static final int MAX_CHARS = 4_096;

    /** Prefix of parameters that are directives to the server (rfc8216bis, 6.2.5). */
    private static final String DIRECTIVE = "_HLS_";

    private PlaylistUri() {}

    /** Throws unless the text can stand on a line and between quotes, and means the same to every player. */
    static void check(String uri) {
        Checks.range("length of the URI", uri.length(), 1, MAX_CHARS);
        if (uri.charAt(0) == '#' || !uri.chars().allMatch(PlaylistUri::isAllowed)) {
            throw new IllegalArgumentException("URI " + uri + " has a character that is not allowed or wants percent-encoding");
        }
    }

    /** Unreserved and reserved characters, and the percent sign. Not the backslash, which browsers treat as a slash. */
    private static boolean isAllowed(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-._~:/?#[]@!$&'()*+,;=%".indexOf(c) >= 0;
    }

    /** Whether the URI has no scheme and no host, and so is on the host of the playlist. */
    static boolean isOnSameHost(String uri) {
        if (uri.startsWith("//")) {
            return false;
        }
        for (int i = 0; i < uri.length(); i++) {
            char c = uri.charAt(i);
            if (c == ':') {
                return false;
            }
            if (c == '/' || c == '?' || c == '#') {
                return true;
            }
        }
        return true;
    }

    /** Returns where a query can be appended: before the fragment, else at the end. */
    static int queryEnd(String uri) {
        int fragment = uri.indexOf('#');
        return fragment < 0 ? uri.length() : fragment;
    }

    /** Returns a client's query in a form that can be appended to a URI; see {@link PlaylistText#bytesWithQuery}. */
    static String query(String rawQuery) {
        Checks.range("length of the query", rawQuery.length(), 0, PlaylistText.MAX_QUERY_CHARS);
        String query = rawQuery.contains(DIRECTIVE) ? withoutDirectives(rawQuery) : rawQuery;
        return query.chars().allMatch(PlaylistUri::isAllowedInQuery) ? query : encoded(query);
    }

    private static String withoutDirectives(String query) {
        return Arrays.stream(query.split("&")).filter(parameter -> !parameter.startsWith(DIRECTIVE)).collect(Collectors.joining("&"));
    }

    private static boolean isAllowedInQuery(int c) {
        return isAllowed(c) && c != '#';
    }

    private static String encoded(String query) {
        StringBuilder out = new StringBuilder(2 * query.length());
        for (byte b : query.getBytes(StandardCharsets.UTF_8)) {
            if (isAllowedInQuery(b)) {
                out.append((char) b);
            } else {
                out.append('%').append(hexDigit(b >> 4)).append(hexDigit(b));
            }
        }
        return out.toString();
    }

    private static char hexDigit(int value) {
        return Character.toUpperCase(Character.forDigit(value & 0xF, 16));
    }
}
