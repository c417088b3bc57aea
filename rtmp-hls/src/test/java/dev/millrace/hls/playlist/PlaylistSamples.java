package dev.millrace.hls.playlist;

import dev.millrace.media.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Values of this package: boundaries by name, then anything. */
final class PlaylistSamples {

    private static final int TARGET_SECONDS = 6;
    private static final int MAX_SEGMENTS = 12;

    private PlaylistSamples() {}

    static Arbitrary<String> uris() {
        Arbitrary<String> any = Arbitraries.strings()
                .withCharRange('a', 'z').withCharRange('A', 'Z').withCharRange('0', '9').withChars("-._~:/?#[]@!$&'()*+,;=%")
                .ofMinLength(1).ofMaxLength(40).filter(uri -> uri.charAt(0) != '#');
        return Arbitraries.oneOf(Arbitraries.of("a.ts", "a.ts?b", "//host/a.ts", "https://host/a.ts", "/a/b.ts#c", "a,\'b=c.ts"), any);
    }

    /** Within a target duration of 6 s; the longest that rounds to it, too. */
    static Arbitrary<Long> durations() {
        Arbitrary<Long> boundaries = Arbitraries.of(1L, 2L, 89_999L, 90_000L, 180_001L, 539_999L, 540_000L, 540_001L, 584_999L);
        return Arbitraries.oneOf(boundaries, Arbitraries.longs().between(1, 540_000), Arbitraries.longs().between(1, 584_999));
    }

    static Arbitrary<Optional<SegmentKey>> keys() {
        Arbitrary<Bytes> ivs = Arbitraries.bytes().array(byte[].class).ofSize(16).map(Bytes::copyOf);
        Arbitrary<SegmentKey> any = Combinators.combine(uris(), ivs.optional()).as(SegmentKey::new);
        Arbitrary<SegmentKey> few = Arbitraries.of("1.key", "2.key").map(uri -> new SegmentKey(uri, Optional.empty()));
        return Arbitraries.oneOf(few, any).optional(0.6);
    }

    /** None for any segment, or one for each: few, so that they repeat, and with keys of their own. */
    private static Arbitrary<List<Optional<InitializationSegment>>> initializations() {
        Arbitrary<ByteRange> ranges = Combinators.combine(
                        Arbitraries.longs().between(1, (1L << 53) - 1), Arbitraries.longs().between(0, (1L << 53) - 1))
                .as(ByteRange::new);
        Arbitrary<Optional<SegmentKey>> keys = keys().filter(key -> key.isEmpty() || key.get().iv().isPresent());
        Arbitrary<InitializationSegment> any =
                Combinators.combine(uris(), ranges.optional(), keys).as(InitializationSegment::new);
        Arbitrary<InitializationSegment> few = Arbitraries.of("init-0.mp4", "init-1.mp4").map(InitializationSegment::new);
        Arbitrary<InitializationSegment> one = Arbitraries.frequencyOf(Tuple.of(3, few), Tuple.of(1, any));
        return Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.just(Collections.nCopies(MAX_SEGMENTS, Optional.empty()))),
                Tuple.of(1, one.map(Optional::of).list().ofSize(MAX_SEGMENTS)));
    }

    /** The first may need no initialization segment, as where a stream has changed its format. */
    private static List<MediaSegment> initialized(
            List<MediaSegment> segments, List<Optional<InitializationSegment>> initializations, int first) {
        List<MediaSegment> all = new ArrayList<>();
        for (int i = 0; i < segments.size(); i++) {
            MediaSegment one = segments.get(i);
            all.add(new MediaSegment(
                    one.uri(), one.durationTicks(), one.discontinuity(), one.programDateTime(), one.key(),
                    i < first ? Optional.empty() : initializations.get(i)));
        }
        return all;
    }

    private static Arbitrary<List<MediaSegment>> segmentLists() {
        Arbitrary<Integer> firsts = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(0)), Tuple.of(1, Arbitraries.integers().between(1, MAX_SEGMENTS)));
        return Combinators.combine(segments().list().ofMaxSize(MAX_SEGMENTS), initializations(), firsts).as(PlaylistSamples::initialized);
    }

    private static Arbitrary<Instant> times() {
        Arbitrary<Instant> any = Arbitraries.longs().between(-62_167_219_200_000L, 253_402_300_799_999L).map(Instant::ofEpochMilli);
        Arbitrary<String> boundaries = Arbitraries.of("0000-01-01T00:00:00Z", "1970-01-01T00:00:00.001Z", "2024-02-29T23:59:59.9999Z");
        return Arbitraries.oneOf(boundaries.map(Instant::parse), any);
    }

    static Arbitrary<MediaSegment> segments() {
        Arbitrary<Boolean> discontinuities = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.just(false)), Tuple.of(1, Arbitraries.just(true)));
        return Combinators.combine(uris(), durations(), discontinuities, times().optional(), keys())
                .as((uri, ticks, discontinuity, time, key) -> new MediaSegment(uri, ticks, discontinuity, time, key));
    }

    static Arbitrary<MediaPlaylist> mediaPlaylists() {
        Arbitrary<Long> boundaries = Arbitraries.of(0L, 1L, 1_767_225_600L, (1L << 53) - 100);
        Arbitrary<Long> sequences = Arbitraries.oneOf(boundaries, Arbitraries.longs().between(0, 1L << 50));
        Arbitrary<Optional<PlaylistType>> types = Arbitraries.of(PlaylistType.class).optional();
        Arbitrary<Boolean> flags = Arbitraries.of(true, false);
        return Combinators.combine(sequences, sequences, types, flags, segmentLists(), flags)
                .as((mediaSequence, discontinuitySequence, type, independent, segments, ended) -> new MediaPlaylist(
                        TARGET_SECONDS, mediaSequence, discontinuitySequence, type, independent, segments,
                        ended || type.equals(Optional.of(PlaylistType.VOD))));
    }

    private static Arbitrary<Variant> variants() {
        Arbitrary<Long> rates = Arbitraries.oneOf(Arbitraries.of(1L, (1L << 53) - 1), Arbitraries.longs().between(1, 100_000_000));
        Arbitrary<List<String>> codecs = Arbitraries.of("avc1.64001f", "mp4a.40.2", "hvc1.1.6.L93.B0", "ac-3", "mp4a.40.34")
                .list().ofMaxSize(3);
        Arbitrary<Integer> pixels = Arbitraries.integers().between(1, 65_535);
        Arbitrary<Optional<Resolution>> resolutions = Combinators.combine(pixels, pixels).as(Resolution::new).optional();
        Arbitrary<Double> frameRates = Arbitraries.oneOf(
                Arbitraries.of(30_000 / 1_001.0, 24_000 / 1_001.0, 25.0, 0.001, 1_000.0),
                Arbitraries.doubles().between(0.001, 1_000).ofScale(6));
        return Combinators.combine(uris(), rates, rates, codecs, resolutions, frameRates.optional())
                .as((uri, peak, average, names, resolution, rate) -> new Variant(
                        uri, peak, average, names, resolution, rate.isPresent() ? OptionalDouble.of(rate.get()) : OptionalDouble.empty()));
    }

    static Arbitrary<MultivariantPlaylist> multivariantPlaylists() {
        return Combinators.combine(Arbitraries.of(true, false), variants().list().ofMinSize(1).ofMaxSize(5)).as(MultivariantPlaylist::new);
    }
}
