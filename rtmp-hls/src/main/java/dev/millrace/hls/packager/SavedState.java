package dev.millrace.hls.packager;

import dev.millrace.hls.playlist.MediaPlaylist;
import dev.millrace.hls.playlist.MultivariantPlaylist;
import dev.millrace.hls.playlist.PlaylistFormatException;
import dev.millrace.hls.store.ObjectName;
import dev.millrace.hls.store.StoreState;
import dev.millrace.hls.ts.TsOptions;
import dev.millrace.media.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What survives a restart, as the bytes that a store keeps: what was listed and retained, with both playlists as players saw them last.
 *
 * @param window the window
 * @param multivariant the multivariant playlist
 * @param keysUsed how many keys have been asked for
 * @param mediaTypes the media type of each file name extension in the window
 */
record SavedState(Window window, MultivariantPlaylist multivariant, long keysUsed, Map<String, String> mediaTypes) {

    private static final String FIRST_LINE = "millrace-hls 1";
    private static final String NONE = "-";

    /** Of the first states that were written: they had one format. */
    private static final Map<String, String> FIRST_MEDIA_TYPES = Map.of(TsOptions.FORMAT.extension(), TsOptions.FORMAT.mediaType());

    SavedState {
        mediaTypes = Map.copyOf(mediaTypes);
    }

    StoreState toStore(Set<ObjectName> retained) {
        StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
        text.append("keys ").append(keysUsed).append('\n');
        new TreeMap<>(mediaTypes).forEach((extension, type) -> line(text, "type", extension, type));
        for (Listed entry : window.listed()) {
            line(text, "listed", entry.name().fileName(), entry.listedAtMillis(), entry.independent(), entry.keyId().orElse(NONE),
                    entry.longestListMillis(), initialization(entry.initialization()));
        }
        for (Retained entry : window.retained()) {
            line(text, "retained", entry.name().fileName(), entry.expiresAtMillis(), entry.keyId().orElse(NONE),
                    initialization(entry.initialization()));
        }
        text.append('\n').append(window.playlist().render()).append('\n').append(multivariant.render());
        return new StoreState(Bytes.takeOver(text.toString().getBytes(StandardCharsets.UTF_8)), retained);
    }

    private static void line(StringBuilder text, Object... words) {
        for (int i = 0; i < words.length; i++) {
            text.append(i == 0 ? "" : " ").append(words[i]);
        }
        text.append('\n');
    }

    private static String initialization(Optional<ObjectName> name) {
        return name.map(ObjectName::fileName).orElse(NONE);
    }

    /** Returns what a store has kept; empty if it is not of this form, as that of another version. */
    static Optional<SavedState> of(StoreState stored) {
        String[] parts = new String(stored.bytes().toByteArray(), StandardCharsets.UTF_8).split("\n\n", 3);
        if (parts.length != 3 || !parts[0].startsWith(FIRST_LINE + "\n")) {
            return Optional.empty();
        }
        try {
            long keysUsed = 0;
            Map<String, String> mediaTypes = new HashMap<>(FIRST_MEDIA_TYPES);
            List<Listed> listed = new ArrayList<>();
            List<Retained> retained = new ArrayList<>();
            for (String line : parts[0].substring(FIRST_LINE.length() + 1).split("\n")) {
                String[] words = line.split(" ");
                switch (words[0]) {
                    case "keys" -> keysUsed = Long.parseLong(words[1]);
                    case "type" -> mediaTypes.put(words[1], words[2]);
                    case "listed" -> listed.add(new Listed(
                            name(words[1]), optional(words, 6).map(SavedState::name), Long.parseLong(words[2]),
                            Boolean.parseBoolean(words[3]), optional(words, 4), words.length > 5 ? Long.parseLong(words[5]) : 0));
                    case "retained" -> retained.add(new Retained(
                            name(words[1]), optional(words, 4).map(SavedState::name), Long.parseLong(words[2]), optional(words, 3)));
                    default -> throw new IllegalArgumentException("line of " + words.length + " words is not known");
                }
            }
            Window window = new Window(MediaPlaylist.parse(parts[1]), listed, retained);
            return Optional.of(new SavedState(window, MultivariantPlaylist.parse(parts[2]), keysUsed, mediaTypes));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException | PlaylistFormatException e) {
            return Optional.empty();
        }
    }

    private static ObjectName name(String fileName) {
        return ObjectName.ofFileName(fileName).orElseThrow(() -> new IllegalArgumentException("not the file name of an object"));
    }

    /** Returns a word that earlier states may not have, or none if there is nothing to say. */
    private static Optional<String> optional(String[] words, int index) {
        return index >= words.length || words[index].equals(NONE) ? Optional.empty() : Optional.of(words[index]);
    }
}
