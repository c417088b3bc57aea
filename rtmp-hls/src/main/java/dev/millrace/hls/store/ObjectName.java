package dev.millrace.hls.store;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of one object of a stream: a media segment or an initialization segment. No two objects of a stream ever share a name, not even
 * over a restart, so a cache between origin and player never holds the wrong bytes. The serial of a segment is not its media sequence
 * number, which it gets when it is listed (RFC 8216, 6.2.2).
 *
 * <p>Immutable.
 *
 * @param kind what the object is
 * @param session 12 lower-case hexadecimal digits that the packager chose when it started
 * @param serial 0 or more, counted up within the session for each kind
 * @param extension the extension of the container format, without the dot: 1 to 8 lower-case letters and digits
 */
public record ObjectName(Kind kind, String session, long serial, String extension) {

    /** What an object is. */
    public enum Kind {
        /** A media segment. */
        SEGMENT("-"),
        /** An initialization segment, which other segments need for decoding. */
        INITIALIZATION("-init-");

        private final String infix;

        Kind(String infix) {
            this.infix = infix;
        }
    }

    /** {@code 0123456789ab-init-9223372036854775807.extensio}: no file name of an object is longer. */
    static final int MAX_FILE_NAME_LENGTH = 12 + 6 + 19 + 1 + 8;

    private static final Pattern SESSION = Pattern.compile("[0-9a-f]{12}");
    private static final Pattern EXTENSION = Pattern.compile("[a-z0-9]{1,8}");
    private static final Pattern FILE_NAME = Pattern.compile("([0-9a-f]{12})(-init)?-(0|[1-9][0-9]{0,18})\\.([a-z0-9]{1,8})");

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if a part does not have the form given above
     */
    public ObjectName {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(extension, "extension");
        if (!SESSION.matcher(session).matches()) {
            throw new IllegalArgumentException("session of " + session.length() + " characters is not 12 lower-case hexadecimal digits");
        }
        if (serial < 0) {
            throw new IllegalArgumentException("serial " + serial + " is not 0 or more");
        }
        if (!EXTENSION.matcher(extension).matches()) {
            throw new IllegalArgumentException(
                    "extension of " + extension.length() + " characters is not 1 to 8 lower-case letters and digits");
        }
    }

    /**
     * Names a media segment.
     *
     * @param session as {@link #session()}
     * @param serial as {@link #serial()}
     * @param extension as {@link #extension()}
     * @return the name
     * @throws IllegalArgumentException if a part does not have its form
     */
    public static ObjectName segment(String session, long serial, String extension) {
        return new ObjectName(Kind.SEGMENT, session, serial, extension);
    }

    /**
     * Names an initialization segment.
     *
     * @param session as {@link #session()}
     * @param serial as {@link #serial()}
     * @param extension as {@link #extension()}
     * @return the name
     * @throws IllegalArgumentException if a part does not have its form
     */
    public static ObjectName initialization(String session, long serial, String extension) {
        return new ObjectName(Kind.INITIALIZATION, session, serial, extension);
    }

    /**
     * Returns the name of the object in a playlist and in a folder.
     *
     * @return as in {@code 0123456789ab-17.ts} or {@code 0123456789ab-init-0.mp4}; needs no escaping in a URI or a path
     */
    public String fileName() {
        return session + kind.infix + serial + '.' + extension;
    }

    /**
     * Parses what {@link #fileName()} returns.
     *
     * @param name any text
     * @return the name, or empty if {@code name} is not exactly the file name of an object
     */
    public static Optional<ObjectName> ofFileName(String name) {
        Objects.requireNonNull(name, "name");
        if (name.length() > MAX_FILE_NAME_LENGTH) {
            return Optional.empty();
        }
        Matcher matcher = FILE_NAME.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Kind kind = matcher.group(2) == null ? Kind.SEGMENT : Kind.INITIALIZATION;
        try {
            return Optional.of(new ObjectName(kind, matcher.group(1), Long.parseLong(matcher.group(3)), matcher.group(4)));
        } catch (NumberFormatException beyondLong) {
            return Optional.empty();
        }
    }
}
