package dev.millrace.hls.playlist;

/**
 * Thrown if a text is not a playlist that this package can parse. The message has the line, the field, the value found and the value wanted; it is
 * one short line of printable ASCII.
 */
public final class PlaylistFormatException extends Exception {

    /** Longest reason: enough to find the place, short enough for a log line. */
    private static final int MAX_CHARS = 300;

    private static final long serialVersionUID = 1L;

    /** Counted from 1. */
    private final int line;

    /**
     * Creates an exception.
     *
     * @param line the line, counted from 1
     * @param reason the field, the value found and the value wanted; text of the playlist in it is made printable
     */
    public PlaylistFormatException(int line, String reason) {
        super("line " + line + ": " + printable(reason));
        this.line = line;
    }

    private static String printable(String reason) {
        int length = Math.min(reason.length(), MAX_CHARS);
        StringBuilder out = new StringBuilder(length + 3);
        for (int i = 0; i < length; i++) {
            char c = reason.charAt(i);
            out.append(c >= ' ' && c <= '~' ? c : '?');
        }
        return reason.length() > MAX_CHARS ? out.append("...").toString() : out.toString();
    }

    /**
     * Returns the line at fault.
     *
     * @return 1 or more
     */
    public int line() {
        return line;
    }
}
