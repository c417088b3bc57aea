package dev.millrace.rtmp.stream;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What a client asked for by {@code connect} and {@code publish} or {@code play}: the stream's name, and the query that
 * came with it.
 *
 * @param name the stream
 * @param query raw, without the question mark, as the name had it, or else the application; empty if there was none.
 *     May hold credentials: it is never logged
 */
public record StreamAddress(StreamName name, String query) {

    /** Longest query in UTF-8. Signed tokens are several hundred bytes. */
    public static final int MAX_QUERY_BYTES = 4096;

    private static final String DEFAULT_INSTANCE = "/_definst_/";

    /**
     * Joins what the client sent in two places.
     *
     * <p>Both parts are cut at their first question mark; slashes at the ends of either and the instance
     * {@code _definst_} are taken away; what is left is joined and percent-decoded once.
     *
     * @param app from {@code connect}, possibly empty, possibly with a query
     * @param name from {@code publish} or {@code play}, possibly empty, possibly with a query
     * @return the address
     * @throws IllegalArgumentException if that is no legal name; the text says why without quoting the name
     */
    public static StreamAddress parse(String app, String name) {
        String appQuery = afterQuestionMark(app);
        String nameQuery = afterQuestionMark(name);
        String query = nameQuery.isEmpty() ? appQuery : nameQuery;
        if (query.getBytes(StandardCharsets.UTF_8).length > MAX_QUERY_BYTES) {
            throw new IllegalArgumentException("query longer than " + MAX_QUERY_BYTES + " bytes");
        }
        String appPath = withoutEndSlashes(beforeQuestionMark(app));
        String namePath = withoutEndSlashes(beforeQuestionMark(name));
        String joined = appPath.isEmpty() || namePath.isEmpty() ? appPath + namePath : appPath + "/" + namePath;
        return new StreamAddress(new StreamName(percentDecoded(withoutDefaultInstance(joined))), query);
    }

    private static String beforeQuestionMark(String text) {
        int at = text.indexOf('?');
        return at < 0 ? text : text.substring(0, at);
    }

    private static String afterQuestionMark(String text) {
        int at = text.indexOf('?');
        return at < 0 ? "" : text.substring(at + 1);
    }

    /** One slash at the front and one at the end mean nothing; more of them are empty segments. */
    private static String withoutEndSlashes(String text) {
        int from = text.startsWith("/") ? 1 : 0;
        int to = text.length() > from && text.endsWith("/") ? text.length() - 1 : text.length();
        return text.substring(from, to);
    }

    /** Which side of the split the instance is on depends on the client. */
    private static String withoutDefaultInstance(String path) {
        String closed = path + "/";
        int at = closed.indexOf(DEFAULT_INSTANCE);
        return at < 0 ? path : withoutEndSlashes(closed.substring(0, at) + closed.substring(at + DEFAULT_INSTANCE.length() - 1));
    }

    private static String percentDecoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException("stream name with half a surrogate pair");
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high >= 0 ? Character.digit(bytes[i + 2], 16) : -1;
            if (low >= 0) {
                out.write(high << 4 | low);
                i += 2;
            } else {
                out.write(bytes[i]);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /** The name alone: a query may hold credentials. */
    @Override
    public String toString() {
        return name.toString();
    }
}
