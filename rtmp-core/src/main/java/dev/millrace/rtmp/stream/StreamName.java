package dev.millrace.rtmp.stream;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The name of a stream: application and name joined, {@code live/test123}. Clients split one URL in different places,
 * so only the joined path identifies a stream. Immutable, and safe to show and to log; it is no file name.
 *
 * @param path one or more segments with {@code '/'} between them
 */
public record StreamName(String path) {

    /** Longest path in UTF-8. */
    public static final int MAX_BYTES = 512;

    private static final String PUBLIC_PREFIX = "rtmp/";

    /**
     * Checks the path.
     *
     * @throws IllegalArgumentException if it is empty or longer than {@link #MAX_BYTES}, if a segment is empty,
     *     {@code .} or {@code ..}, or if it has <code>${</code>, a backslash, a control or formatting character, or
     *     half a surrogate pair
     */
    public StreamName {
        Objects.requireNonNull(path, "path");
        int bytes = path.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > MAX_BYTES) {
            throw new IllegalArgumentException("stream name of " + bytes + " bytes, not 1 to " + MAX_BYTES);
        }
        if (path.contains("${")) {
            throw new IllegalArgumentException("stream name with ${, which some log back ends evaluate");
        }
        path.codePoints().forEach(StreamName::check);
        for (String segment : path.split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                throw new IllegalArgumentException("stream name with the segment '" + segment + "'");
            }
        }
    }

    private static void check(int codePoint) {
        boolean bad = switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> codePoint == '\\' || codePoint == 0xFFFD;
        };
        if (bad) {
            throw new IllegalArgumentException(String.format("stream name with the character U+%04X", codePoint));
        }
    }

    /**
     * Everything before the last {@code '/'}.
     *
     * @return the application, empty if the path has one segment
     */
    public String app() {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    /**
     * The last segment.
     *
     * @return what players call the stream within its application
     */
    public String key() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /**
     * The form in interfaces to people and programs.
     *
     * @return {@code rtmp/} and the path
     */
    public String publicForm() {
        return PUBLIC_PREFIX + path;
    }

    @Override
    public String toString() {
        return path;
    }
}
