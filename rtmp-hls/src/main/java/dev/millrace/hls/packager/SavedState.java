package dev.millrace.hls.packager;

import dev.millrace.hls.playlist.MediaPlaylist;
import dev.millrace.hls.playlist.MultivariantPlaylist;
import dev.millrace.hls.playlist.PlaylistFormatException;
import dev.millrace.hls.store.ObjectName;
import dev.millrace.hls.store.StoreState;
import dev.millrace.media.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What survives a restart, as the text that a store keeps: what was listed and retained, with both playlists as players saw them last.
 *
 * @param window the window
 * @param multivariant the multivariant playlist
 * @param keysUsed how many keys have been asked for
 */
record SavedState(Window window, MultivariantPlaylist multivariant, long keysUsed) {

    private static final String FIRST_LINE = "millrace-hls 1";
    private static final String NO_KEY = "-";

    StoreState toStore() {
        StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
        text.append("keys ").append(keysUsed).append('\n');
        for (Listed entry : window.listed()) {
            text.append("listed ").append(entry.id().fileName()).append(' ').append(entry.listedAtMillis()).append(' ').append(entry.independent())
                    .append(' ').append(entry.keyId().orElse(NO_KEY)).append(' ').append(entry.longestListMillis()).append('\n');
        }
        for (Retained entry : window.retained()) {
            text.append("retained ").append(entry.id().fileName()).append(' ').append(entry.expiresAtMillis()).append(' ')
                    .append(entry.keyId().orElse(NO_KEY)).append('\n');
        }
        text.append('\n').append(window.playlist().render()).append('\n').append(multivariant.render());
        return new StoreState(Bytes.takeOver(text.toString().getBytes(StandardCharsets.UTF_8)), window.names());
    }

    /** What a store has kept; empty if it is not of this form, as that of another version. */
    static Optional<SavedState> of(StoreState stored) {
        String[] parts = new String(stored.bytes().toByteArray(), StandardCharsets.UTF_8).split("\n\n", 3);
        if (parts.length != 3 || !parts[0].startsWith(FIRST_LINE + "\n")) {
            return Optional.empty();
        }
        try {
            long keysUsed = 0;
            List<Listed> listed = new ArrayList<>();
            List<Retained> retained = new ArrayList<>();
            for (String line : parts[0].substring(FIRST_LINE.length() + 1).split("\n")) {
                String[] words = line.split(" ");
                switch (words[0]) {
                    case "keys" -> keysUsed = Long.parseLong(words[1]);
                    case "listed" -> listed.add(new Listed(
                            id(words[1]), Long.parseLong(words[2]), Boolean.parseBoolean(words[3]), key(words[4]),
                            words.length > 5 ? Long.parseLong(words[5]) : 0)); // not in the first states that were written
                    case "retained" -> retained.add(new Retained(id(words[1]), Long.parseLong(words[2]), key(words[3])));
                    default -> throw new IllegalArgumentException("line of " + words.length + " words is not known");
                }
            }
            Window window = new Window(MediaPlaylist.parse(parts[1]), listed, retained);
            return Optional.of(new SavedState(window, MultivariantPlaylist.parse(parts[2]), keysUsed));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException | PlaylistFormatException e) {
            return Optional.empty();
        }
    }

    private static ObjectName id(String fileName) {
        return ObjectName.ofFileName(fileName).orElseThrow(() -> new IllegalArgumentException("not the file name of a segment"));
    }

    private static Optional<String> key(String word) {
        return word.equals(NO_KEY) ? Optional.empty() : Optional.of(word);
    }
}
