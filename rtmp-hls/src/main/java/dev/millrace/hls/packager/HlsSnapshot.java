package dev.millrace.hls.packager;

import dev.millrace.hls.playlist.MediaPlaylist;
import dev.millrace.hls.playlist.MultivariantPlaylist;
import dev.millrace.hls.playlist.PlaylistText;
import java.time.Instant;
import java.util.Objects;

/**
 * Both playlists of a stream at one moment, as values and as text. Immutable: a snapshot stays complete and consistent, whatever is published
 * later.
 *
 * @param version 0 or more; larger in each later snapshot of the stream; restarts with the process, but then with a later
 *     {@code lastModified}
 * @param media the media playlist
 * @param mediaText the rendering of {@code media}
 * @param multivariant the multivariant playlist
 * @param multivariantText the rendering of {@code multivariant}
 * @param lastModified when the snapshot was made
 */
public record HlsSnapshot(
        long version,
        MediaPlaylist media,
        PlaylistText mediaText,
        MultivariantPlaylist multivariant,
        PlaylistText multivariantText,
        Instant lastModified) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if the version is negative
     */
    public HlsSnapshot {
        if (version < 0) {
            throw new IllegalArgumentException("version " + version + " is negative");
        }
        Objects.requireNonNull(media, "media");
        Objects.requireNonNull(mediaText, "mediaText");
        Objects.requireNonNull(multivariant, "multivariant");
        Objects.requireNonNull(multivariantText, "multivariantText");
        Objects.requireNonNull(lastModified, "lastModified");
    }
}
