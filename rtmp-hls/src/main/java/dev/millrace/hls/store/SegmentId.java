package dev.millrace.hls.store;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a segment is called, for good: no two segments of a stream share an id, not even over a restart, so that a cache between origin and
 * player never has the wrong bytes. Not the media sequence number, which a segment gets when it is listed (RFC 8216, 6.2.2).
 *
 * <p>Immutable.
 *
 * @param session 12 lower-case hexadecimal digits that the packager chose when it started
 * @param serial 0 or more, counted up within the session
 */
public record SegmentId(String session, long serial) {

    /** "0123456789ab-9223372036854775807.ts": nothing longer is a file name of ours. */
    private static final int MAX_FILE_NAME_LENGTH = 12 + 1 + 19 + 3;

    private static final Pattern SESSION = Pattern.compile("[0-9a-f]{12}");
    private static final Pattern FILE_NAME = Pattern.compile("([0-9a-f]{12})-(0|[1-9][0-9]{0,18})\\.ts");

    /**
     * Checks both parts.
     *
     * @throws IllegalArgumentException if {@code session} is not 12 lower-case hexadecimal digits or {@code serial} is negative
     */
    public SegmentId {
        Objects.requireNonNull(session, "session");
        if (!SESSION.matcher(session).matches()) {
            throw new IllegalArgumentException("session of " + session.length() + " characters is not 12 lower-case hexadecimal digits");
        }
        if (serial < 0) {
            throw new IllegalArgumentException("serial " + serial + " is not 0 or more");
        }
    }

    /**
     * The name of the segment in a playlist and in a folder.
     *
     * @return as in {@code 0123456789ab-17.ts}; needs no escaping in a URI or a path
     */
    public String fileName() {
        return session + "-" + serial + ".ts";
    }

    /**
     * Reads what {@link #fileName()} wrote.
     *
     * @param name any text
     * @return the id, or empty if {@code name} is not exactly the file name of one
     */
    public static Optional<SegmentId> ofFileName(String name) {
        Objects.requireNonNull(name, "name");
        if (name.length() > MAX_FILE_NAME_LENGTH) {
            return Optional.empty();
        }
        Matcher matcher = FILE_NAME.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SegmentId(matcher.group(1), Long.parseLong(matcher.group(2))));
        } catch (NumberFormatException beyondLong) {
            return Optional.empty();
        }
    }
}
