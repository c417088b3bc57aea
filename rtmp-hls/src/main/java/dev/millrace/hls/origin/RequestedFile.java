package dev.millrace.hls.origin;

import dev.millrace.hls.store.ObjectName;
import java.util.Optional;
import java.util.regex.Pattern;

/** The files that a stream has. */
sealed interface RequestedFile {

    /** The two playlists. */
    enum Playlist implements RequestedFile {
        /** {@code index.m3u8}. */
        MULTIVARIANT,
        /** {@code media.m3u8}. */
        MEDIA
    }

    /** A segment or an initialization segment. */
    record StoredObject(ObjectName name) implements RequestedFile {}

    /** {@code <id>.key}. */
    record Key(String id) implements RequestedFile {

        private static final String SUFFIX = ".key";
        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}\\.key");

        private static Optional<RequestedFile> ofFileName(String name) {
            if (!NAME.matcher(name).matches()) {
                return Optional.empty();
            }
            return Optional.of(new Key(name.substring(0, name.length() - SUFFIX.length())));
        }
    }

    /** Returns the file that a name means, if any. */
    static Optional<RequestedFile> of(String name) {
        if (name.equals("index.m3u8")) {
            return Optional.of(Playlist.MULTIVARIANT);
        }
        if (name.equals("media.m3u8")) {
            return Optional.of(Playlist.MEDIA);
        }
        return Key.ofFileName(name).or(() -> ObjectName.ofFileName(name).map(StoredObject::new));
    }
}
