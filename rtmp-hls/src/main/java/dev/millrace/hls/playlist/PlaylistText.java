package dev.millrace.hls.playlist;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;

/**
 * A rendered playlist as bytes, for any number of readers: rendered once, compressed at most once, and a query can be appended to its URIs without
 * rendering it again. Thread-safe; every returned buffer is a read-only view with its own position.
 */
public final class PlaylistText {

    /** The longest query that is appended to URIs: what servers accept in a request line. */
    public static final int MAX_QUERY_CHARS = 4_096;

    private final byte[] plain;
    private final PlaylistWriter.Cuts cuts;
    private final UnaryOperator<byte[]> compressor;

    /** Created by the first call; guarded by this. */
    private byte[] compressed;

    /** {@code compressor} is called at most once. */
    PlaylistText(PlaylistWriter written, UnaryOperator<byte[]> compressor) {
        this.compressor = compressor;
        plain = written.text().getBytes(StandardCharsets.US_ASCII);
        cuts = written.cuts();
    }

    /**
     * Renders a media playlist.
     *
     * @param playlist the playlist
     * @return its text
     */
    public static PlaylistText of(MediaPlaylist playlist) {
        return new PlaylistText(MediaPlaylistWriter.write(playlist), PlaylistText::gzip);
    }

    /**
     * Renders a multivariant playlist.
     *
     * @param playlist the playlist
     * @return its text
     */
    public static PlaylistText of(MultivariantPlaylist playlist) {
        return new PlaylistText(MultivariantPlaylistWriter.write(playlist), PlaylistText::gzip);
    }

    /**
     * Returns the length of the text.
     *
     * @return bytes, 1 or more
     */
    public int size() {
        return plain.length;
    }

    /**
     * Returns the text.
     *
     * @return read-only buffers that belong to the caller; the bytes are shared
     */
    public List<ByteBuffer> bytes() {
        return List.of(view(plain, 0, plain.length));
    }

    /**
     * Returns the text with a query appended to each URI of a segment, an initialization segment, a key or a variant, so that each request of a
     * viewer has the credentials of the first.
     *
     * <p>URIs with a scheme or a host are not changed, so that no other host gets the query. Parameters whose names begin with {@code _HLS_} are
     * directives to the server and removed. Characters that are not allowed in a query are percent-encoded, so no query breaks the playlist.
     *
     * @param rawQuery the query of the request as it came, without the {@code ?}; at most {@link #MAX_QUERY_CHARS}
     * @return read-only buffers that belong to the caller, as of {@link #bytes()} if the query is empty; no byte of the text is copied
     * @throws IllegalArgumentException if the query is too long
     * @see <a href="https://www.rfc-editor.org/rfc/rfc3986#section-3.4">RFC 3986, 3.4</a>
     */
    public List<ByteBuffer> bytesWithQuery(String rawQuery) {
        String query = PlaylistUri.query(rawQuery);
        if (query.isEmpty() || cuts.size() == 0) {
            return bytes();
        }
        byte[] asFirst = ("?" + query).getBytes(StandardCharsets.US_ASCII);
        byte[] asNext = ("&" + query).getBytes(StandardCharsets.US_ASCII);
        List<ByteBuffer> out = new ArrayList<>(2 * cuts.size() + 1);
        int from = 0;
        for (int i = 0; i < cuts.size(); i++) {
            out.add(view(plain, from, cuts.position(i)));
            byte[] inserted = cuts.hasQuery(i) ? asNext : asFirst;
            out.add(view(inserted, 0, inserted.length));
            from = cuts.position(i);
        }
        out.add(view(plain, from, plain.length));
        return out;
    }

    /**
     * Returns the text, compressed with gzip by the first call; concurrent calls wait for it.
     *
     * @return a read-only buffer that belongs to the caller; the bytes are shared
     * @see <a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952</a>
     */
    public ByteBuffer gzip() {
        byte[] bytes = compressed();
        return view(bytes, 0, bytes.length);
    }

    private synchronized byte[] compressed() {
        if (compressed == null) {
            compressed = compressor.apply(plain);
        }
        return compressed;
    }

    static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 3 + 64);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    private static ByteBuffer view(byte[] bytes, int from, int to) {
        return ByteBuffer.wrap(bytes, from, to - from).slice().asReadOnlyBuffer();
    }
}
