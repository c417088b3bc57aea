package dev.millrace.hls.playlist;

import java.util.Arrays;

/** The text of a playlist under construction, with the positions where a query can be inserted. Confined to one thread. */
final class PlaylistWriter {

    private final StringBuilder out;
    private int[] positions;
    private int cuts;

    PlaylistWriter(int expectedChars, int expectedUris) {
        out = new StringBuilder(expectedChars);
        positions = new int[expectedUris];
        line("#EXTM3U");
    }

    /** Appends a part of a line, which must be ASCII. */
    PlaylistWriter part(String text) {
        out.append(text);
        return this;
    }

    PlaylistWriter part(long decimal) {
        out.append(decimal);
        return this;
    }

    /** Returns the buffer, for writers of numbers and times. */
    StringBuilder out() {
        return out;
    }

    PlaylistWriter uri(String uri) {
        if (PlaylistUri.isOnSameHost(uri)) {
            if (cuts == positions.length) {
                positions = Arrays.copyOf(positions, 2 * cuts + 1);
            }
            int position = out.length() + PlaylistUri.queryEnd(uri);
            positions[cuts++] = uri.lastIndexOf('?', PlaylistUri.queryEnd(uri)) < 0 ? position : ~position;
        }
        out.append(uri);
        return this;
    }

    void endLine() {
        out.append('\n');
    }

    void line(String text) {
        part(text).endLine();
    }

    void line(String tag, long decimal) {
        part(tag).part(decimal).endLine();
    }

    String text() {
        return out.toString();
    }

    Cuts cuts() {
        return new Cuts(Arrays.copyOf(positions, cuts));
    }

    /** The positions, in the order of the text; complemented where the URI has a query already. */
    static final class Cuts {

        private final int[] positions;

        private Cuts(int[] positions) {
            this.positions = positions;
        }

        int size() {
            return positions.length;
        }

        int position(int index) {
            return hasQuery(index) ? ~positions[index] : positions[index];
        }

        boolean hasQuery(int index) {
            return positions[index] < 0;
        }
    }
}
