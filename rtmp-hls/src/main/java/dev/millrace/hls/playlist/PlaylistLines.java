package dev.millrace.hls.playlist;

import java.util.HashSet;
import java.util.Set;

/** The tags and URIs of a text, one after the other. Confined to one thread. */
final class PlaylistLines {

    /** More than {@link MediaPlaylist#MAX_SEGMENTS} segments as this package writes them. */
    static final int MAX_CHARS = 1 << 24;

    /** The two longest URIs that are allowed, and as much again. */
    static final int MAX_LINE_CHARS = 4 * PlaylistUri.MAX_CHARS;

    private final String text;
    private final Set<String> seen = new HashSet<>();
    private int next;
    private int number;
    private String line = "";

    PlaylistLines(String text) throws PlaylistFormatException {
        this.text = text;
        if (text.length() > MAX_CHARS) {
            throw new PlaylistFormatException(1, "playlist of " + text.length() + " characters, wanted at most " + MAX_CHARS);
        }
        if (text.isEmpty() || !advance() || !line.equals(Tags.EXTM3U)) {
            throw refused("starts with " + line + ", wanted " + Tags.EXTM3U);
        }
        seen.add(Tags.EXTM3U);
    }

    /** Advances to the next line that is neither empty nor a comment. */
    boolean next() throws PlaylistFormatException {
        while (advance()) {
            if (!line.isEmpty() && (line.charAt(0) != '#' || line.startsWith("#EXT"))) {
                return true;
            }
        }
        return false;
    }

    private boolean advance() throws PlaylistFormatException {
        if (next >= text.length()) {
            return false;
        }
        number++;
        int lineFeed = text.indexOf('\n', next);
        int end = lineFeed < 0 ? text.length() : lineFeed;
        boolean hasReturn = lineFeed > next && text.charAt(lineFeed - 1) == '\r';
        int lineEnd = hasReturn ? end - 1 : end;
        if (lineEnd - next > MAX_LINE_CHARS) {
            throw refused("line of " + (lineEnd - next) + " characters, wanted at most " + MAX_LINE_CHARS);
        }
        line = text.substring(next, lineEnd);
        next = end + 1;
        if (line.chars().anyMatch(Character::isISOControl)) {
            throw refused("control character in " + line + ", wanted none");
        }
        return true;
    }

    boolean isTag() {
        return line.charAt(0) == '#';
    }

    /** Returns the whole line; a URI if it is not a tag. */
    String line() {
        return line;
    }

    /** Returns the tag up to its colon. */
    String tag() {
        int colon = line.indexOf(':');
        return colon < 0 ? line : line.substring(0, colon);
    }

    /** Returns the text after the colon of the tag; empty without a colon. */
    String value() {
        int colon = line.indexOf(':');
        return colon < 0 ? "" : line.substring(colon + 1);
    }

    /** Refuses a repeated tag. */
    void once() throws PlaylistFormatException {
        if (!seen.add(tag())) {
            throw refused(tag() + " twice, wanted once");
        }
    }

    /** Whether {@link #once} was called for a tag. */
    boolean hasSeen(String tag) {
        return seen.contains(tag);
    }

    /** Parses the value of the tag as a decimal-integer. */
    long decimal(long max) {
        return Decimals.integer(tag(), value(), max);
    }

    PlaylistFormatException refused(String reason) {
        return new PlaylistFormatException(Math.max(1, number), reason);
    }
}
