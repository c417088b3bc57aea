package dev.millrace.hls.playlist;

/**
 * A text is not a playlist that this package reads. The message says the line, the field, what was found and what was wanted; it is one short
 * line of printable ASCII whatever the text was.
 */
public final class PlaylistFormatException extends Exception {

    /** Where a message is cut: enough to find the place, and a log line can still be read. */
    private static final int MAX_CHARS = 300;

    private static final long serialVersionUID = 1L;

    /** Counted from 1. */
    private final int line;

    /**
     * Makes an exception with its reason.
     *
     * @param line where, counted from 1
     * @param reason the field, the value found and the value wanted; may hold text of the playlist, which is made printable here
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
     * The line at fault.
     *
     * @return 1 or more
     */
    public int line() {
        return line;
    }
}
