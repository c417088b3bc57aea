package dev.millrace.hls.playlist;

import java.util.concurrent.atomic.AtomicInteger;

/** Makes rendered playlists that say how often they were compressed. */
public final class CountedText {

    private CountedText() {}

    public static PlaylistText of(MediaPlaylist playlist, AtomicInteger compressions) {
        return of(playlist, compressions, () -> { });
    }

    /** The task runs while the playlist is compressed. */
    static PlaylistText of(MediaPlaylist playlist, AtomicInteger compressions, Runnable meanwhile) {
        return new PlaylistText(MediaPlaylistWriter.write(playlist), plain -> {
            compressions.incrementAndGet();
            meanwhile.run();
            return PlaylistText.gzip(plain);
        });
    }
}
