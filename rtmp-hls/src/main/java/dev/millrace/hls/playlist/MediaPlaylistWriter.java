package dev.millrace.hls.playlist;

import java.util.HexFormat;
import java.util.Optional;

/** Renders one media playlist: its header, its segments, its end. Confined to one thread. */
final class MediaPlaylistWriter {

    private static final int HEADER_CHARS = 256;
    private static final int SEGMENT_CHARS = 128;
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final PlaylistWriter out;
    private Optional<SegmentKey> key = Optional.empty();
    private Optional<InitializationSegment> initialization = Optional.empty();

    private MediaPlaylistWriter(PlaylistWriter out) {
        this.out = out;
    }

    static PlaylistWriter write(MediaPlaylist playlist) {
        int segments = playlist.segments().size();
        PlaylistWriter out = new PlaylistWriter(HEADER_CHARS + SEGMENT_CHARS * segments, 2 * segments);
        new MediaPlaylistWriter(out).playlist(playlist);
        return out;
    }

    private void playlist(MediaPlaylist playlist) {
        header(playlist);
        for (MediaSegment segment : playlist.segments()) {
            segment(segment);
        }
        if (playlist.ended()) {
            out.line(Tags.ENDLIST);
        }
    }

    private void header(MediaPlaylist playlist) {
        out.line(Tags.VERSION + ":", playlist.version());
        out.line(Tags.TARGETDURATION + ":", playlist.targetDurationSeconds());
        playlist.type().ifPresent(type -> out.part(Tags.PLAYLIST_TYPE).part(":").line(type.name()));
        out.line(Tags.MEDIA_SEQUENCE + ":", playlist.mediaSequence());
        // Written even if 0, so that a player does not have to guess when the first discontinuity leaves.
        out.line(Tags.DISCONTINUITY_SEQUENCE + ":", playlist.discontinuitySequence());
        if (playlist.independentSegments()) {
            out.line(Tags.INDEPENDENT_SEGMENTS);
        }
    }

    private void segment(MediaSegment segment) {
        if (segment.discontinuity()) {
            out.line(Tags.DISCONTINUITY);
        }
        // The first segment listed meets no key and no initialization segment, so each refresh says both again.
        if (!segment.initialization().equals(initialization)) {
            initialization = segment.initialization();
            initialization.ifPresent(this::initialization);
        }
        key(segment.key());
        if (segment.programDateTime().isPresent()) {
            out.part(Tags.PROGRAM_DATE_TIME).part(":");
            ProgramDateTime.write(segment.programDateTime().get(), out.out());
            out.endLine();
        }
        out.part(Tags.EXTINF).part(":");
        Decimals.writeSeconds(segment.durationTicks(), out.out());
        out.line(",");
        out.uri(segment.uri()).endLine();
    }

    /** The key in force before EXT-X-MAP is that of the initialization segment (RFC 8216, 4.3.2.4). */
    private void initialization(InitializationSegment map) {
        key(map.key());
        out.part(Tags.MAP).part(":URI=\"").uri(map.uri()).part("\"");
        map.range().ifPresent(range -> out.part(",BYTERANGE=\"").part(range.toString()).part("\""));
        out.endLine();
    }

    private void key(Optional<SegmentKey> wanted) {
        if (!wanted.equals(key)) {
            key = wanted;
            key.ifPresentOrElse(this::key, () -> out.line(Tags.KEY + ":METHOD=NONE"));
        }
    }

    private void key(SegmentKey newKey) {
        out.part(Tags.KEY).part(":METHOD=AES-128,URI=\"").uri(newKey.uri()).part("\"");
        newKey.iv().ifPresent(iv -> out.part(",IV=0x").part(HEX.formatHex(iv.toByteArray())));
        out.endLine();
    }
}
