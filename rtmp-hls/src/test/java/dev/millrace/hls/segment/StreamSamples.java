package dev.millrace.hls.segment;

import dev.millrace.hls.segment.Script.Kind;
import dev.millrace.hls.segment.Script.Step;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Streams made at random, of publishers that behave and of others. */
final class StreamSamples {

    static final SegmenterOptions OPTIONS = SegmenterOptions.DEFAULT.withMaxTargetDurationSeconds(6)
            .withMaxSegmentBytes(1 << 20)
            .withTimedMetadata(true)
            .withFirstTicks((1L << 33) - 20 * Play.SECOND);

    private StreamSamples() {}

    /** Which tracks, and how they are made. */
    record Stream(boolean video, boolean audio, int frameMillis, int gopFrames, int jitterMillis, List<Step> steps) {

        Script run() {
            Script script = new Script(OPTIONS, video, audio, frameMillis, gopFrames, jitterMillis);
            script.run(steps);
            return script;
        }
    }

    /** All that publishers do. */
    static Arbitrary<Stream> any() {
        return of(Arbitraries.of(Kind.values()), 60);
    }

    /** Nothing is lost, and nothing but its delivery is irregular. */
    static Arbitrary<Stream> good() {
        return of(Arbitraries.of(Kind.PLAY, Kind.PLAY, Kind.BURST, Kind.REPEAT_HEADERS, Kind.STALL, Kind.DATA), 15)
                .filter(stream -> stream.steps().stream().anyMatch(step -> step.kind() == Kind.PLAY && step.amount() > 5));
    }

    /** Timelines end and begin, but in each of them both tracks go on. */
    static Arbitrary<Stream> restless() {
        return of(
                Arbitraries.of(
                        Kind.PLAY, Kind.LONG_GOP, Kind.BURST, Kind.STALL, Kind.REPEAT_HEADERS, Kind.BROKEN, Kind.JUMP, Kind.VIDEO_CONFIG,
                        Kind.AUDIO_CONFIG, Kind.PICTURE, Kind.RECONNECT),
                15);
    }

    private static Arbitrary<Stream> of(Arbitrary<Kind> kinds, int maxJitterMillis) {
        Arbitrary<List<Step>> steps = Combinators.combine(kinds, Arbitraries.integers().between(1, 100)).as(Step::new)
                .list().ofMinSize(1).ofMaxSize(14)
                .map(list -> {
                    List<Step> begun = new ArrayList<>(list);
                    begun.add(0, new Step(Kind.PLAY, 30));
                    return begun;
                });
        Arbitrary<int[]> tracks = Arbitraries.of(List.of(new int[] {1, 1}, new int[] {1, 1}, new int[] {1, 0}, new int[] {0, 1}));
        return Combinators.combine(
                        tracks, Arbitraries.of(16, 33, 40, 66, 200), Arbitraries.of(5, 25, 50, 130),
                        Arbitraries.of(0, 1, maxJitterMillis), steps)
                .as((both, frameMillis, gop, jitter, list) -> new Stream(both[0] == 1, both[1] == 1, frameMillis, gop, jitter, list));
    }
}
