package dev.millrace.hls.playlist;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Parses one multivariant playlist. Confined to one thread. */
final class MultivariantPlaylistParser {

    private static final double NANOS = 1e9;

    private final PlaylistLines lines;
    private final List<Variant> variants = new ArrayList<>();

    /** Of the variant whose URI is next. */
    private Optional<AttributeList> attributes = Optional.empty();

    MultivariantPlaylistParser(String text) throws PlaylistFormatException {
        lines = new PlaylistLines(text);
    }

    MultivariantPlaylist parse() throws PlaylistFormatException {
        try {
            while (lines.next()) {
                if (attributes.isPresent()) {
                    variant(attributes.get());
                } else {
                    tag();
                }
            }
            if (attributes.isPresent()) {
                throw lines.refused("ends after " + Tags.STREAM_INF + ", wanted a URI");
            }
            return new MultivariantPlaylist(lines.hasSeen(Tags.INDEPENDENT_SEGMENTS), variants);
        } catch (IllegalArgumentException refused) {
            // The values check their ranges; only the parser knows the line.
            throw lines.refused(refused.getMessage());
        }
    }

    private void tag() throws PlaylistFormatException {
        if (!lines.isTag()) {
            throw lines.refused("URI " + lines.line() + " without " + Tags.STREAM_INF + ", wanted one before it");
        }
        switch (lines.tag()) {
            case Tags.EXTM3U, Tags.VERSION, Tags.INDEPENDENT_SEGMENTS -> lines.once();
            case Tags.STREAM_INF -> attributes = Optional.of(AttributeList.parse(lines.value()));
            case Tags.DEFINE -> throw lines.refused(lines.tag() + " is not supported, wanted plain URIs");
            case Tags.EXTINF, Tags.TARGETDURATION, Tags.MEDIA_SEQUENCE, Tags.ENDLIST ->
                throw lines.refused(lines.tag() + " of a media playlist, wanted a multivariant playlist");
            default -> { }
        }
    }

    private void variant(AttributeList of) {
        Checks.range("number of variants", variants.size() + 1, 1, MultivariantPlaylist.MAX_VARIANTS);
        long bandwidth = bitsPerSecond("BANDWIDTH", of).orElseThrow(() -> AttributeList.missing("BANDWIDTH"));
        variants.add(new Variant(
                lines.line(), bandwidth, bitsPerSecond("AVERAGE-BANDWIDTH", of).orElse(bandwidth), codecs(of), resolution(of), frameRate(of)));
        attributes = Optional.empty();
    }

    private static Optional<Long> bitsPerSecond(String name, AttributeList of) {
        return of.plain(name).map(text -> Decimals.integer(name, text, Checks.MAX_DECIMAL));
    }

    private static List<String> codecs(AttributeList of) {
        return of.quoted("CODECS").map(text -> Arrays.stream(text.split(",", -1)).map(String::strip).toList()).orElse(List.of());
    }

    private static Optional<Resolution> resolution(AttributeList of) {
        return of.plain("RESOLUTION").map(text -> {
            int x = text.indexOf('x');
            if (x < 0) {
                throw new IllegalArgumentException("RESOLUTION " + text + ", wanted width, x and height");
            }
            return new Resolution(pixels(text.substring(0, x)), pixels(text.substring(x + 1)));
        });
    }

    private static int pixels(String text) {
        return (int) Decimals.integer("RESOLUTION", text, Integer.MAX_VALUE);
    }

    private static OptionalDouble frameRate(AttributeList of) {
        Optional<String> text = of.plain("FRAME-RATE");
        return text.isPresent() ? OptionalDouble.of(Decimals.nanos("FRAME-RATE", text.get(), 1_000) / NANOS) : OptionalDouble.empty();
    }
}
