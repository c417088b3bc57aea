package dev.millrace.hls.origin;

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
import dev.millrace.hls.store.SegmentStores;
import dev.millrace.hls.store.SegmentWriter;
import dev.millrace.hls.store.StoreState;
import dev.millrace.media.Bytes;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** A stream whose segments are published by hand: 6 s each, with a target duration of 6 s. */
final class TestStream implements HlsStream {

    static final String SESSION = "0123456789ab";
    static final int TARGET_SECONDS = 6;

    final Map<String, ContentKey> keys = new ConcurrentHashMap<>();
    final Map<String, String> mediaTypes = new ConcurrentHashMap<>(Map.of("ts", "video/mp2t"));

    /** The snapshot to come. */
    volatile CompletableFuture<HlsSnapshot> next = new CompletableFuture<>();

    /** How often somebody waited for a snapshot. */
    int snapshotCalls;

    private final SegmentStore store;
    private final List<MediaSegment> segments = new ArrayList<>();
    private long version;
    private volatile Optional<HlsSnapshot> snapshot = Optional.empty();

    TestStream() {
        this(SegmentStores.inMemory().forStream("test"));
    }

    TestStream(SegmentStore store) {
        this.store = store;
    }

    static ObjectName id(long serial) {
        return ObjectName.segment(SESSION, serial, "ts");
    }

    /** Stores a segment in chunks of three bytes, and lists it. */
    TestStream publish(byte... bytes) {
        ObjectName id = id(segments.size());
        store(id, bytes);
        segments.add(new MediaSegment(id.fileName(), 6 * 90_000, /* discontinuity= */ false, Optional.empty(), Optional.empty()));
        MediaPlaylist media = new MediaPlaylist(
                TARGET_SECONDS, 0, 0, Optional.empty(), /* independentSegments= */ true, segments, /* ended= */ false);
        list(media);
        return this;
    }

    void store(ObjectName name, byte... bytes) {
        SegmentWriter writer = store.open(name).toCompletableFuture().join();
        for (int i = 0; i < bytes.length; i += 3) {
            writer.append(List.of(ByteBuffer.wrap(bytes, i, Math.min(3, bytes.length - i)))).toCompletableFuture().join();
        }
        writer.commit(new StoreState(Bytes.EMPTY, Set.of(name))).toCompletableFuture().join();
    }

    void list(MediaPlaylist media) {
        list(media, PlaylistText.of(media));
    }

    /** Says that a playlist is rendered so. */
    void list(MediaPlaylist media, PlaylistText text) {
        Variant variant = new Variant("media.m3u8", 800_000, 700_000, List.of("avc1.64001f"), Optional.empty(), OptionalDouble.empty());
        MultivariantPlaylist multivariant = new MultivariantPlaylist(/* independentSegments= */ true, List.of(variant));
        snapshot = Optional.of(new HlsSnapshot(
                ++version, media, text, multivariant, PlaylistText.of(multivariant),
                Instant.parse("2026-01-02T03:04:05.678Z")));
        CompletableFuture<HlsSnapshot> awaited = next;
        next = new CompletableFuture<>();
        awaited.complete(snapshot.get());
    }

    @Override
    public Optional<HlsSnapshot> snapshot() {
        return snapshot;
    }

    @Override
    public synchronized CompletionStage<HlsSnapshot> snapshotAfter(long version) {
        snapshotCalls++;
        CompletableFuture<HlsSnapshot> later = next;
        return snapshot.filter(now -> now.version() > version).map(CompletableFuture::completedStage).orElse(later);
    }

    @Override
    public SegmentStore store() {
        return store;
    }

    @Override
    public Optional<String> mediaType(ObjectName name) {
        return Optional.ofNullable(mediaTypes.get(name.extension()));
    }

    @Override
    public Optional<ContentKey> key(String id) {
        return Optional.ofNullable(keys.get(id));
    }
}
