package dev.millrace.hls.packager;

import dev.millrace.hls.playlist.PlaylistType;
import java.util.Optional;

/** The segments that a media playlist lists (RFC 8216, 4.3.3.5 and 6.2.2). */
public enum HlsMode {
    /** The newest segments. Older ones leave the playlist, and the store some time after. */
    SLIDING,
    /** All segments, from the first on, and more as they come. */
    EVENT,
    /** All segments, once they are all there. Nothing is listed before. */
    VOD;

    Optional<PlaylistType> type() {
        return this == EVENT ? Optional.of(PlaylistType.EVENT) : Optional.empty();
    }
}
