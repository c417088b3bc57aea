package dev.millrace.hls.playlist;

/** Renders one multivariant playlist. */
final class MultivariantPlaylistWriter {

    private static final int HEADER_CHARS = 64;
    private static final int VARIANT_CHARS = 256;

    private MultivariantPlaylistWriter() {}

    static PlaylistWriter write(MultivariantPlaylist playlist) {
        int variants = playlist.variants().size();
        PlaylistWriter out = new PlaylistWriter(HEADER_CHARS + VARIANT_CHARS * variants, variants);
        if (playlist.independentSegments()) {
            out.line(Tags.INDEPENDENT_SEGMENTS);
        }
        playlist.variants().forEach(variant -> variant(variant, out));
        return out;
    }

    private static void variant(Variant variant, PlaylistWriter out) {
        out.part(Tags.STREAM_INF).part(":BANDWIDTH=").part(variant.bandwidth());
        out.part(",AVERAGE-BANDWIDTH=").part(variant.averageBandwidth());
        if (!variant.codecs().isEmpty()) {
            out.part(",CODECS=\"").part(String.join(",", variant.codecs())).part("\"");
        }
        variant.resolution().ifPresent(resolution -> out.part(",RESOLUTION=").part(resolution.toString()));
        variant.frameRate().ifPresent(rate -> {
            out.part(",FRAME-RATE=");
            Decimals.writeThousandths(Math.round(rate * 1_000), out.out());
        });
        out.endLine();
        out.uri(variant.uri()).endLine();
    }
}
