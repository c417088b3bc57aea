package dev.millrace.liveserver.http;

import dev.millrace.hls.crypto.ContentKey;
import dev.millrace.hls.packager.HlsSnapshot;
import dev.millrace.hls.packager.HlsStream;
import dev.millrace.hls.playlist.MediaPlaylist;
import dev.millrace.hls.playlist.MediaSegment;
import dev.millrace.hls.playlist.MultivariantPlaylist;
import dev.millrace.hls.playlist.PlaylistText;
import dev.millrace.hls.playlist.Variant;
import dev.millrace.hls.store.ObjectName;
import dev.millrace.hls.store.SegmentStore;
import dev.millrace.hls.store.SegmentWriter;
import dev.millrace.hls.store.StoreState;
import dev.millrace.media.Bytes;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A stream as HLS that gets one segment when told to. */
final class OneSegmentStream implements HlsStream {

    static final ObjectName ID = ObjectName.segment("0123456789ab", 7, "ts");

    /** Longer than the buffers of sockets. */
    static final byte[] CONTENT = new byte[5_000_000];

    static {
        new Random(7).nextBytes(CONTENT);
    }

    private final CompletableFuture<HlsSnapshot> first = new CompletableFuture<>();
    private final SegmentStore store;

    OneSegmentStream(SegmentStore store) {
        this.store = store;
    }

    OneSegmentStream publish() {
        SegmentWriter writer = store.open(ID).toCompletableFuture().join();
        writer.append(List.of(ByteBuffer.wrap(CONTENT))).toCompletableFuture().join();
        writer.commit(new StoreState(Bytes.EMPTY, Set.of(ID))).toCompletableFuture().join();
        MediaSegment segment = new MediaSegment(ID.fileName(), 6 * 90_000, /* discontinuity= */ false, Optional.empty(), Optional.empty());
        MediaPlaylist media = new MediaPlaylist(6, 7, 0, Optional.empty(), /* independentSegments= */ true, List.of(segment), /* ended= */ false);
        Variant variant =
                new Variant("media.m3u8", 8_000_000, 7_000_000, List.of("avc1.64001f"), Optional.empty(), OptionalDouble.empty());
        MultivariantPlaylist all = new MultivariantPlaylist(/* independentSegments= */ true, List.of(variant));
        first.complete(new HlsSnapshot(
                1, media, PlaylistText.of(media), all, PlaylistText.of(all), Instant.parse("2026-01-02T03:04:05Z")));
        return this;
    }

    @Override
    public Optional<HlsSnapshot> snapshot() {
        return Optional.ofNullable(first.getNow(null));
    }

    @Override
    public CompletionStage<HlsSnapshot> snapshotAfter(long version) {
        return first;
    }

    @Override
    public SegmentStore store() {
        return store;
    }

    @Override
    public Optional<String> mediaType(ObjectName name) {
        return name.extension().equals("ts") ? Optional.of("video/mp2t") : Optional.empty();
    }

    @Override
    public Optional<ContentKey> key(String id) {
        return Optional.empty();
    }
}
