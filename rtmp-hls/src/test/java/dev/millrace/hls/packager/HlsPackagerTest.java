package dev.millrace.hls.packager;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.hls.crypto.ContentKey;
import dev.millrace.hls.crypto.KeyProvider;
import dev.millrace.hls.playlist.MediaPlaylist;
import dev.millrace.hls.playlist.MediaSegment;
import dev.millrace.hls.playlist.PlaylistType;
import dev.millrace.hls.playlist.Resolution;
import dev.millrace.hls.playlist.Variant;
import dev.millrace.hls.store.ObjectName;
import dev.millrace.hls.store.SegmentStore;
import dev.millrace.hls.store.SegmentStores;
import dev.millrace.hls.store.StoreState;
import dev.millrace.hls.testkit.TsCheck;
import dev.millrace.hls.testkit.TsReader;
import dev.millrace.hls.testkit.TsTable;
import dev.millrace.media.Bytes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Live streams on manual time. {@link Station} checks every playlist: invariants 1, 3 to 10, 12 to 17, 20, 21, 24 and 26. */
class HlsPackagerTest {

    private static final SegmentStore NOWHERE = SegmentStores.inMemory().forStream("live/cam");

    private final FaultyStore store = new FaultyStore(SegmentStores.inMemory().forStream("live/cam"));
    private final List<Station> stations = new ArrayList<>();
    private Station station = keep(new Station(HlsOptions.DEFAULT, store));

    private Station keep(Station one) {
        stations.add(one);
        return one;
    }

    @AfterEach
    void allPlaylistsWereGood() {
        stations.forEach(Station::assertAllGood);
    }

    private List<byte[]> listed() {
        List<byte[]> segments = new ArrayList<>();
        for (MediaSegment segment : station.list().segments()) {
            segments.add(station.fetch(segment.uri()));
        }
        return segments;
    }

    @Test
    void listsNothingBeforeAFirstSegment() {
        assertEquals(Optional.empty(), station.packager.snapshot());
        station.connect();
        station.send(1);
        CompletableFuture<HlsSnapshot> first = station.packager.snapshotAfter(-1).toCompletableFuture();
        assertFalse(first.isDone());
        station.send(5);
        assertEquals(station.snapshots.get(0), first.join());
    }

    @Test
    void eachSnapshotCanBeWaitedFor() {
        station.connect();
        station.send(7);
        HlsSnapshot newest = station.packager.snapshot().orElseThrow();
        assertEquals(newest, station.packager.snapshotAfter(-1).toCompletableFuture().join());
        assertEquals(newest, station.packager.snapshotAfter(newest.version() - 1).toCompletableFuture().join());
        CompletableFuture<HlsSnapshot> next = station.packager.snapshotAfter(newest.version()).toCompletableFuture();
        assertFalse(next.isDone());
        station.send(2);
        assertEquals(newest.version() + 1, next.join().version());
        station.packager.end().toCompletableFuture().join();
        CompletableFuture<HlsSnapshot> never =
                station.packager.snapshotAfter(station.packager.snapshot().orElseThrow().version()).toCompletableFuture();
        station.pass(60_000);
        assertTrue(never.isCompletedExceptionally(), "expired");
    }

    @Test
    void invariants13_14_segmentsAreThereWhileListedAndForAsLongAfterwards() {
        station.connect();
        station.send(30);
        MediaPlaylist before = station.list();
        TsReader reader = new TsCheck().audioGaps().check(listed());
        assertFalse(reader.video().isEmpty());
        assertTrue(before.durationTicks() >= 3L * 90_000 * before.targetDurationSeconds());
        assertTrue(before.mediaSequence() > Instant.parse("2026-01-01T00:00:00Z").getEpochSecond());

        station.send(4);
        String oldest = before.segments().get(0).uri();
        assertFalse(uris(station.list()).contains(oldest));
        assertTrue(station.isThere(oldest));
        station.send(60);
        assertFalse(station.isThere(oldest));
        assertTrue(store.held() < 30, store.held() + " segments held");
    }

    private static Set<String> uris(MediaPlaylist list) {
        return list.segments().stream().map(MediaSegment::uri).collect(Collectors.toSet());
    }

    @Test
    void invariant26_theVariantSaysWhatIsInTheSegments() {
        station.connect();
        station.send(20);
        Variant variant = station.packager.snapshot().orElseThrow().multivariant().variants().get(0);
        assertEquals(List.of("avc1.64001e", "mp4a.40.2"), variant.codecs());
        assertEquals(Optional.of(new Resolution(640, 360)), variant.resolution());
        TsReader reader = new TsCheck().audioGaps().check(listed());
        assertTrue(reader.tables().stream().allMatch(table ->
                table.streams().stream().map(TsTable.Stream::streamType).toList().equals(List.of(0x1B, 0x0F))));
        long peak = 0;
        for (MediaSegment segment : station.list().segments()) {
            peak = Math.max(peak, station.fetch(segment.uri()).length * 8L * 90_000 / segment.durationTicks());
        }
        assertTrue(variant.bandwidth() * 1.25 >= peak, variant + ", peak " + peak);
    }

    @Test
    void aPublisherThatComesBackGoesOnBehindOneDiscontinuity() {
        station.connect();
        station.send(12);
        long before = station.list().nextMediaSequence();
        station.hangUp();
        station.pass(3_000);
        station.connect();
        station.send(12);
        assertTrue(station.list().nextMediaSequence() > before);
        assertEquals(1, station.discontinuities());
        assertFalse(station.list().ended());
        assertEquals(List.of(), station.events);
        station.pass(60_000);
        assertEquals(List.of(), station.events);
    }

    @Test
    void aPublisherThatStaysAwayEndsThePlaylist() {
        station.connect();
        station.send(12);
        station.hangUp();
        station.pass(9_999);
        assertFalse(station.list().ended());
        station.pass(1);
        assertTrue(station.list().ended());
        assertEquals(List.of("ended"), station.events);
        assertTrue(station.isThere(station.list().segments().get(0).uri()));
        station.pass(60_000);
        assertEquals(List.of("ended", "expired"), station.events);
    }

    @Test
    void aChannelNeedNotEnd() {
        HlsOptions forEver = HlsOptions.DEFAULT.withGrace(Duration.ofSeconds(1)).withEndList(false);
        station = keep(new Station(forEver, store));
        station.connect();
        station.send(12);
        station.hangUp();
        station.pass(600_000);
        assertFalse(station.list().ended());
        station.connect();
        station.send(12);
        assertEquals(1, station.discontinuities());
    }

    @Test
    void aChannelThatNeedNotEndEndsWhenItIsTold() {
        HlsOptions forEver = HlsOptions.DEFAULT.withGrace(Duration.ofSeconds(1)).withEndList(false);
        station = keep(new Station(forEver, store));
        station.connect();
        station.send(12);
        station.hangUp();
        station.pass(600_000);
        station.packager.end().toCompletableFuture().join();
        assertTrue(station.list().ended());
        station.pass(60_000);
        assertEquals(List.of("ended", "expired"), station.events);
    }

    @Test
    void invariant49_eachSegmentMakesOneSnapshotAndNoReaderAnother() {
        station.connect();
        station.send(20);
        HlsSnapshot one = station.packager.snapshot().orElseThrow();
        assertEquals(station.packager.statistics().listedSegments(), station.snapshots.size());
        assertSame(one, station.packager.snapshot().orElseThrow());
        assertSame(one, station.snapshots.get(station.snapshots.size() - 1));
    }

    @Test
    void goesOnAfterTheEndIfThePublisherComesBack() {
        station.connect();
        station.send(12);
        station.hangUp();
        station.pass(11_000);
        long ended = station.list().nextMediaSequence();
        Station later = station;
        later.connect();
        later.packager.stored().toCompletableFuture().join();
        assertEquals(ended, later.list().nextMediaSequence());
    }

    @Test
    void aSecondPublicationEndsTheFirst() {
        station.connect();
        station.send(6);
        Station first = station;
        first.connect();
        first.send(12);
        assertEquals(1, station.discontinuities());
    }

    @Test
    void invariant52_aStoreThatFailsCostsASegmentAndNothingElse() {
        station.connect();
        station.send(8);
        store.failing = true;
        station.send(2);
        store.failing = false;
        station.send(8);
        assertEquals(1, station.events.size(), station.events.toString());
        assertTrue(station.events.get(0).startsWith("lost: the store failed: java.io.IOException"), station.events.toString());
        assertEquals(1, station.packager.statistics().lostSegments());
        assertEquals(1, station.discontinuities());
    }

    @Test
    void aStoreThatNeverAnswersCostsSegmentsAndNoMemory() {
        station.connect();
        station.send(8);
        store.silent = true;
        station.send(60);
        assertTrue(station.packager.statistics().pendingSegments() <= HlsOptions.DEFAULT.maxPendingSegments() + 1);
        assertTrue(station.packager.statistics().lostSegments() > 10);
        store.silent = false;
        station.send(60);
        assertEquals(0, station.packager.statistics().pendingSegments());
        assertTrue(station.discontinuities() >= 1);
        long listed = station.packager.statistics().listedSegments();
        station.send(10);
        assertTrue(station.packager.statistics().listedSegments() >= listed + 4);
    }

    @Test
    void invariant23_aBurstIsListedUntilPlayersHaveSeenIt() {
        station.connect();
        station.send(20);
        MediaPlaylist usual = station.list();
        station.burst(20);
        MediaPlaylist burst = station.list();
        assertTrue(burst.nextMediaSequence() >= usual.nextMediaSequence() + 9);
        assertTrue(burst.mediaSequence() <= usual.nextMediaSequence(), "what came in the burst is listed, all of it");
        station.send(80);
        assertTrue(station.list().segments().size() <= usual.segments().size() + 2);
        station.flood(20);
        MediaPlaylist flood = station.list();
        assertTrue(flood.segments().size() >= usual.segments().size() + 8, "players have not seen any of it: " + flood.segments().size());
        station.send(80);
        assertTrue(station.list().segments().size() <= usual.segments().size() + 2);
    }

    @Test
    void invariant51_boundedWhateverIsSent() {
        station.connect();
        station.flood(600);
        assertTrue(station.list().segments().size() <= 3 * HlsOptions.DEFAULT.windowSegments() + 1);
    }

    @Test
    void anEventKeepsAll() {
        station = keep(new Station(HlsOptions.DEFAULT.withMode(HlsMode.EVENT), store));
        station.connect();
        station.send(60);
        assertEquals(Optional.of(PlaylistType.EVENT), station.list().type());
        assertTrue(station.list().segments().size() >= 25);
        station.packager.end().toCompletableFuture().join();
        assertTrue(station.list().ended());
    }

    @Test
    void aVideoOnDemandAppearsAtTheEnd() {
        station = keep(new Station(HlsOptions.DEFAULT.withMode(HlsMode.VOD), store));
        station.connect();
        station.send(24);
        assertEquals(Optional.empty(), station.packager.snapshot());
        station.packager.end().toCompletableFuture().join();
        assertEquals(Optional.of(PlaylistType.VOD), station.list().type());
        assertEquals(24, station.list().durationTicks() / 90_000.0, 0.2);
        new TsCheck().audioGaps().check(listed());
    }

    @Test
    void invariant25_aRestartGoesOn(@TempDir Path folder) {
        SegmentStores stores = SegmentStores.directory(folder, Runnable::run);
        Station.Memory memory = new Station.Memory();
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        long next = 0;
        for (int life = 0; life < 4; life++) {
            SegmentStore onDisk = SegmentStores.directory(folder, Runnable::run).forStream("live/cam");
            Station one = keep(new Station(HlsOptions.DEFAULT, onDisk, memory, now));
            if (life > 0) {
                assertEquals(next, one.list().nextMediaSequence());
            }
            one.connect();
            one.send(14);
            assertEquals(life, one.discontinuities());
            next = one.list().nextMediaSequence();
            now = one.instant().plusSeconds(2);
        }
        assertTrue(stores.forStream("live/cam").state().toCompletableFuture().join().isPresent());
    }

    @Test
    void aRestartListsNothingThatIsNotThere() {
        station.connect();
        station.send(20);
        MediaPlaylist before = station.list();
        MediaSegment lost = before.segments().get(2);
        store.delete(ObjectName.ofFileName(lost.uri()).orElseThrow()).toCompletableFuture().join();
        Station next = keep(new Station(HlsOptions.DEFAULT, store));
        assertEquals(before.mediaSequence() + 3, next.list().mediaSequence());
        assertEquals(before.segments().subList(3, before.segments().size()), next.list().segments());
    }

    @Test
    void aStateOfAnotherVersionIsNone() {
        store.saveState(new StoreState(Bytes.copyOf((byte) 1, (byte) 2), Set.of())).toCompletableFuture().join();
        Station next = keep(new Station(HlsOptions.DEFAULT, store));
        assertEquals(Optional.empty(), next.packager.snapshot());
        next.connect();
        next.send(8);
        assertFalse(next.list().segments().isEmpty());
    }

    @Test
    void invariant19_segmentsAreEncryptedWithKeysThatChange() throws Exception {
        KeyProvider keys = KeyProvider.derived(new byte[32]);
        station = keep(new Station(HlsOptions.DEFAULT.withEncryption(new HlsEncryption(keys, 3)), store));
        station.connect();
        station.send(30);
        List<byte[]> clear = new ArrayList<>();
        List<String> uris = new ArrayList<>();
        for (MediaSegment segment : station.list().segments()) {
            String keyUri = segment.key().orElseThrow().uri();
            ContentKey key = station.packager.key(keyUri.replace(".key", "")).orElseThrow();
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            long serial = ObjectName.ofFileName(segment.uri()).orElseThrow().serial();
            byte[] iv = segment.key().orElseThrow().iv().orElseThrow().toByteArray();
            assertEquals(serial, java.nio.ByteBuffer.wrap(iv).getLong(8));
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key.toByteArray(), "AES"), new IvParameterSpec(iv));
            clear.add(cipher.doFinal(station.fetch(segment.uri())));
            uris.add(keyUri);
        }
        new TsCheck().audioGaps().check(clear);
        assertTrue(uris.stream().distinct().count() >= 2, uris.toString());
        assertEquals(Optional.empty(), station.packager.key("no-such-key"));
    }

    @Test
    void theSnapshotOfAVersionNeverChanges() {
        station.connect();
        station.send(20);
        long last = -1;
        for (HlsSnapshot snapshot : station.snapshots) {
            assertTrue(snapshot.version() > last);
            last = snapshot.version();
            byte[] wanted = snapshot.media().render().getBytes(StandardCharsets.UTF_8);
            assertArrayEquals(wanted, TsReader.bytes(snapshot.mediaText().bytes()));
        }
    }

    @Test
    void framesOfAnEarlierPublicationAreIgnored() {
        station.connect();
        station.send(4);
        station.packager.end().toCompletableFuture().join();
        MediaPlaylist ended = station.list();
        station.send(6);
        assertEquals(ended, station.list());
        assertTrue(NOWHERE.state().toCompletableFuture().join().isEmpty());
    }
}
