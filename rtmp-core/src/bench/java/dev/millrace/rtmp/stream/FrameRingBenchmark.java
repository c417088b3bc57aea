package dev.millrace.rtmp.stream;

import dev.millrace.media.MediaFrame;
import dev.millrace.media.StreamHeaders;
import dev.millrace.rtmp.ByteBudget;
import dev.millrace.rtmp.stream.FrameRing.Entry;
import java.time.Duration;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** A ring with the default bounds and a budget. An operation is a frame. */
@State(Scope.Thread)
public class FrameRingBenchmark {

    private static final int GROUP = 60;
    private static final int FRAME_MILLIS = 20;

    /** As many as a run of a pump takes. */
    private static final int READ = 240;

    // Not final: what the compiler knows to be constant, it does not measure.
    private MediaFrame key = Frames.videoOf(/* key= */ true, 0, 50 << 10);
    private MediaFrame inter = Frames.videoOf(/* key= */ false, 0, 10 << 10);

    private final ByteBudget budget = new ByteBudget(1 << 30);
    private final FrameRing ring = new FrameRing(RingLimits.DEFAULT, budget);
    private final FrameRing still = new FrameRing(RingLimits.DEFAULT, budget);
    private final RingCursor cursor = new RingCursor(still, Duration.ofSeconds(4));
    private final StreamHeaders headers = StreamHeaders.EMPTY.with(Frames.videoHeader(1));
    private long number;
    private long first;

    /** Fills one ring up to the point where each frame drops another, and the other with what is to be read. */
    @Setup
    public void fill() {
        for (int i = 0; i < 1_000; i++) {
            write();
        }
        still.write(key, headers);
        for (int i = 1; i < READ; i++) {
            still.write(inter.atTime(i), headers);
        }
        first = still.written() - READ;
    }

    /** A keyframe and 59 others, again and again. Making the frame is counted, 24 bytes and as many for its entry. */
    @Benchmark
    public void write() {
        MediaFrame frame = number % GROUP == 0 ? key : inter;
        ring.write(frame.atTime(number * FRAME_MILLIS), headers);
        number++;
    }

    /** What a subscriber does to find each frame. */
    @Benchmark
    @OperationsPerInvocation(READ)
    public void read(Blackhole blackhole) {
        cursor.moveTo(Place.of(first, /* waitingForKeyframe= */ false));
        for (Optional<Entry> entry = cursor.settle(); entry.isPresent(); entry = cursor.settle()) {
            blackhole.consume(entry.get().frame());
            cursor.moveTo(Place.of(entry.get().sequence() + 1, /* waitingForKeyframe= */ false));
        }
    }
}
