package dev.millrace.hls.playlist;

import dev.millrace.media.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Parses one media playlist. Confined to one thread. */
final class MediaPlaylistParser {

    private final PlaylistLines lines;

    // Of the playlist.
    private long targetDurationSeconds;
    private long mediaSequence;
    private long discontinuitySequence;
    private Optional<PlaylistType> type = Optional.empty();
    private final List<MediaSegment> segments = new ArrayList<>();

    // For the segments that follow.
    private Optional<SegmentKey> key = Optional.empty();
    private Optional<InitializationSegment> initialization = Optional.empty();

    // For the next segment.
    private boolean discontinuity;
    private Optional<Instant> programDateTime = Optional.empty();
    private OptionalLong durationTicks = OptionalLong.empty();

    MediaPlaylistParser(String text) throws PlaylistFormatException {
        lines = new PlaylistLines(text);
    }

    MediaPlaylist parse() throws PlaylistFormatException {
        try {
            while (lines.next()) {
                if (lines.isTag()) {
                    tag();
                } else {
                    segment();
                }
            }
            return playlist();
        } catch (IllegalArgumentException refused) {
            // The values check their ranges; only the parser knows the line.
            throw lines.refused(refused.getMessage());
        }
    }

    private void tag() throws PlaylistFormatException {
        switch (lines.tag()) {
            case Tags.EXTM3U, Tags.VERSION, Tags.INDEPENDENT_SEGMENTS, Tags.ENDLIST -> lines.once();
            case Tags.TARGETDURATION, Tags.PLAYLIST_TYPE, Tags.MEDIA_SEQUENCE, Tags.DISCONTINUITY_SEQUENCE -> header();
            case Tags.DISCONTINUITY -> discontinuity = true;
            case Tags.KEY -> key = key(AttributeList.parse(lines.value()));
            case Tags.MAP -> initialization = Optional.of(initialization(AttributeList.parse(lines.value())));
            case Tags.PROGRAM_DATE_TIME -> programDateTime = Optional.of(ProgramDateTime.parse(lines.value()));
            case Tags.EXTINF -> duration();
            case Tags.BYTERANGE, Tags.I_FRAMES_ONLY, Tags.GAP, Tags.SKIP, Tags.DEFINE ->
                throw lines.refused(lines.tag() + " is not supported, wanted whole segments and plain URIs");
            case Tags.STREAM_INF, Tags.MEDIA, Tags.I_FRAME_STREAM_INF ->
                throw lines.refused(lines.tag() + " of a multivariant playlist, wanted a media playlist");
            default -> { }
        }
    }

    private void header() throws PlaylistFormatException {
        lines.once();
        switch (lines.tag()) {
            case Tags.TARGETDURATION -> targetDurationSeconds = lines.decimal(Integer.MAX_VALUE);
            case Tags.PLAYLIST_TYPE -> type = Optional.of(type(lines.value()));
            case Tags.MEDIA_SEQUENCE -> mediaSequence = sequence();
            default -> discontinuitySequence = sequence();
        }
    }

    private static PlaylistType type(String name) {
        return Arrays.stream(PlaylistType.values())
                .filter(one -> one.name().equals(name))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException(Tags.PLAYLIST_TYPE + " " + name + ", wanted EVENT or VOD"));
    }

    private long sequence() throws PlaylistFormatException {
        if (!segments.isEmpty() || discontinuity) {
            throw lines.refused(lines.tag() + " after a segment or a discontinuity, wanted before the first");
        }
        return lines.decimal(Checks.MAX_DECIMAL);
    }

    private static Optional<SegmentKey> key(AttributeList attributes) {
        String method = attributes.plain("METHOD").orElseThrow(() -> AttributeList.missing("METHOD"));
        if (method.equals("NONE")) {
            return Optional.empty();
        }
        String format = attributes.quoted("KEYFORMAT").orElse("identity");
        if (!method.equals("AES-128") || !format.equals("identity")) {
            throw new IllegalArgumentException("METHOD " + method + " with KEYFORMAT " + format + ", wanted NONE, or AES-128 with identity");
        }
        String uri = attributes.quoted("URI").orElseThrow(() -> AttributeList.missing("URI"));
        return Optional.of(new SegmentKey(uri, attributes.plain("IV").map(MediaPlaylistParser::iv)));
    }

    private InitializationSegment initialization(AttributeList attributes) {
        String uri = attributes.quoted("URI").orElseThrow(() -> AttributeList.missing("URI"));
        return new InitializationSegment(uri, attributes.quoted("BYTERANGE").map(ByteRange::parse), key);
    }

    private static Bytes iv(String text) {
        String digits = text.startsWith("0x") || text.startsWith("0X") ? text.substring(2) : "";
        int missing = 2 * SegmentKey.IV_BYTES - digits.length();
        if (digits.isEmpty() || missing < 0 || !digits.chars().allMatch(HexFormat::isHexDigit)) {
            throw new IllegalArgumentException("IV " + text + ", wanted 0x and 1 to 32 hexadecimal digits");
        }
        return Bytes.takeOver(HexFormat.of().parseHex("0".repeat(missing) + digits));
    }

    private void duration() throws PlaylistFormatException {
        if (durationTicks.isPresent()) {
            throw lines.refused("EXTINF twice before a URI, wanted once");
        }
        int comma = lines.value().indexOf(',');
        String seconds = comma < 0 ? lines.value() : lines.value().substring(0, comma);
        durationTicks = OptionalLong.of(Decimals.ticks("EXTINF", seconds));
    }

    private void segment() throws PlaylistFormatException {
        long ticks = durationTicks.orElseThrow(() -> new IllegalArgumentException("URI " + lines.line() + " without EXTINF, wanted one before it"));
        Checks.range("number of segments", segments.size() + 1, 1, MediaPlaylist.MAX_SEGMENTS);
        segments.add(new MediaSegment(lines.line(), ticks, discontinuity, programDateTime, key, initialization));
        discontinuity = false;
        programDateTime = Optional.empty();
        durationTicks = OptionalLong.empty();
    }

    private MediaPlaylist playlist() throws PlaylistFormatException {
        if (!lines.hasSeen(Tags.TARGETDURATION)) {
            throw lines.refused("no " + Tags.TARGETDURATION + ", wanted one");
        }
        if (durationTicks.isPresent()) {
            throw lines.refused("ends after EXTINF, wanted a URI");
        }
        return new MediaPlaylist(
                (int) targetDurationSeconds, mediaSequence, discontinuitySequence, type, lines.hasSeen(Tags.INDEPENDENT_SEGMENTS), segments,
                lines.hasSeen(Tags.ENDLIST));
    }
}
