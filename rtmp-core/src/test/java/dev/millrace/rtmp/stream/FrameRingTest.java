package dev.millrace.rtmp.stream;

import static dev.millrace.rtmp.stream.Frames.audio;
import static dev.millrace.rtmp.stream.Frames.data;
import static dev.millrace.rtmp.stream.Frames.inter;
import static dev.millrace.rtmp.stream.Frames.key;
import static dev.millrace.rtmp.stream.Frames.videoOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.media.MediaFrame;
import dev.millrace.media.StreamHeaders;
import dev.millrace.rtmp.ByteBudget;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FrameRingTest {

    private static final int ENTRY_BYTES = 96;

    private final ByteBudget budget = new ByteBudget(1 << 20);

    private FrameRing ring(int maxFrames, int maxBytes) {
        return new FrameRing(new RingLimits(maxFrames, maxBytes, Duration.ofSeconds(4)), budget);
    }

    private FrameRing ring() {
        return ring(2_500, 1 << 20);
    }

    private static void write(FrameRing ring, MediaFrame... frames) {
        for (MediaFrame frame : frames) {
            ring.write(frame, StreamHeaders.EMPTY);
        }
    }

    /** What is kept, and that nothing else is. */
    private static void assertKeeps(FrameRing ring, long oldest, long written) {
        assertEquals(oldest, ring.oldest(), "oldest");
        assertEquals(written, ring.written(), "written");
        for (long sequence = Math.max(0, oldest - 20); sequence < written + 20; sequence++) {
            boolean kept = sequence >= oldest && sequence < written;
            assertEquals(kept ? Optional.of(sequence) : Optional.empty(), ring.at(sequence).map(FrameRing.Entry::sequence), "at " + sequence);
        }
    }

    @Test
    void isEmptyAtFirst() {
        FrameRing ring = ring();
        assertKeeps(ring, 0, 0);
        assertEquals(-1, ring.newestRandomAccessPoint());
        assertEquals(-1, ring.newestAudio());
        assertEquals(0, ring.bytes());
    }

    @Test
    void givesFramesWithTheHeadersThatHold() {
        FrameRing ring = ring();
        StreamHeaders headers = StreamHeaders.EMPTY.with(Frames.videoHeader(1));
        MediaFrame first = key(0);
        MediaFrame second = audio(5);
        ring.write(first, headers);
        ring.write(second, StreamHeaders.EMPTY);
        assertSame(first, ring.at(0).orElseThrow().frame());
        assertSame(headers, ring.at(0).orElseThrow().headers());
        assertSame(second, ring.at(1).orElseThrow().frame());
        assertSame(StreamHeaders.EMPTY, ring.at(1).orElseThrow().headers());
        assertKeeps(ring, 0, 2);
    }

    @Test
    void keepsTheBoundOfFramesOverManyLaps() {
        for (int maxFrames : new int[] {1, 2, 3, 4, 5, 7, 8}) {
            FrameRing ring = ring(maxFrames, 1 << 20);
            for (int i = 0; i < 50; i++) {
                write(ring, audio(i));
                assertKeeps(ring, Math.max(0, i + 1 - maxFrames), i + 1);
            }
        }
    }

    @Test
    void keepsTheBoundOfBytes() {
        FrameRing ring = ring(2_500, 10 * (904 + ENTRY_BYTES));
        for (int i = 0; i < 30; i++) {
            write(ring, videoOf(i == 0, i, 904));
            assertKeeps(ring, Math.max(0, i + 1 - 10), i + 1);
            assertEquals(Math.min(i + 1, 10) * 1_000, ring.bytes());
        }
    }

    @Test
    void neverDropsTheNewest() {
        FrameRing ring = ring(3, 10);
        write(ring, videoOf(true, 0, 5_000), videoOf(true, 10_000, 100_000));
        assertKeeps(ring, 1, 2);
        assertEquals(1, ring.newestRandomAccessPoint());
        assertEquals(100_000 + ENTRY_BYTES, ring.bytes());
    }

    @Test
    void keepsFourSecondsWithoutVideo() {
        FrameRing ring = ring();
        for (int i = 0; i <= 100; i++) {
            write(ring, audio(i * 100));
        }
        assertKeeps(ring, 60, 101);
        assertEquals(100, ring.newestAudio());
    }

    @Test
    void keepsTheOlderOfTheNewestKeyframeAndFourSeconds() {
        FrameRing shortGops = ring();
        FrameRing longGop = ring();
        for (int i = 0; i <= 100; i++) {
            write(shortGops, i % 10 == 0 ? key(i * 100) : inter(i * 100));
            write(longGop, i == 3 ? key(300) : inter(i * 100));
        }
        assertKeeps(shortGops, 60, 101);
        assertEquals(100, shortGops.newestRandomAccessPoint());
        assertKeeps(longGop, 3, 101);
        assertEquals(3, longGop.newestRandomAccessPoint());

        write(longGop, key(10_100));
        assertKeeps(longGop, 61, 102);
        assertEquals(101, longGop.newestRandomAccessPoint());
    }

    @Test
    void keepsFourSecondsOfAGroupThatIsTooLong() {
        FrameRing ring = ring(80, 1 << 20);
        write(ring, key(0));
        for (int i = 1; i < 80; i++) {
            write(ring, inter(i * 100));
        }
        assertKeeps(ring, 0, 80);
        write(ring, inter(8_000));
        assertKeeps(ring, 40, 81);
        assertEquals(-1, ring.newestRandomAccessPoint());
        write(ring, inter(8_100));
        assertKeeps(ring, 41, 82);
        write(ring, key(8_200));
        assertKeeps(ring, 42, 83);
        assertEquals(82, ring.newestRandomAccessPoint());
    }

    @Test
    void takesKeyframesOfTheDefaultTrackOnly() {
        FrameRing ring = ring();
        write(ring, key(0), Frames.video(40, "96 01 61766331 01 000000 65aa"));
        assertTrue(ring.at(1).orElseThrow().frame().isKeyframe());
        assertEquals(0, ring.newestRandomAccessPoint());
    }

    @Test
    void takesAudioOfTheDefaultTrackOnly() {
        FrameRing ring = ring();
        write(ring, audio(0), Frames.audio(20, "95 01 4f707573 01 1122"));
        assertEquals(0, ring.newestAudio());
    }

    @Test
    void boundsAStreamWhoseTimeStandsStill() {
        FrameRing ring = ring(50, 1 << 20);
        for (int i = 0; i < 200; i++) {
            write(ring, audio(7));
        }
        assertKeeps(ring, 150, 200);
    }

    @Test
    void takesTimesThatJump() {
        FrameRing ring = ring();
        write(ring, audio(36_000_000), audio(36_000_020), audio(0));
        assertKeeps(ring, 2, 3);
        write(ring, audio(20), audio(36_000_000));
        assertKeeps(ring, 4, 5);
        write(ring, key(36_000_000), inter(0), inter(40), audio(-5_000));
        assertKeeps(ring, 5, 9);
        assertEquals(5, ring.newestRandomAccessPoint());
    }

    @Test
    void dataMovesNothing() {
        FrameRing ring = ring();
        write(ring, audio(100_000), data(0), audio(100_020), data(1L << 40), audio(100_040));
        assertKeeps(ring, 0, 5);
        assertEquals(0, ring.lagMillis(ring.at(4).orElseThrow()));
        assertEquals(40, ring.lagMillis(ring.at(1).orElseThrow()));
        assertEquals(20, ring.lagMillis(ring.at(3).orElseThrow()));
        write(ring, audio(104_010));
        assertKeeps(ring, 2, 6);
    }

    @Test
    void dataAloneHasATime() {
        FrameRing ring = ring();
        for (int i = 0; i <= 100; i++) {
            write(ring, data(i * 100));
        }
        assertKeeps(ring, 60, 101);
        write(ring, key(50_000), data(0));
        assertKeeps(ring, 101, 103);
    }

    @Test
    void chargesTheBudgetAndGivesBack() {
        FrameRing ring = ring(10, 1 << 20);
        FrameRing other = ring(10, 1 << 20);
        for (int i = 0; i < 15; i++) {
            write(ring, videoOf(false, i, 100 + i));
        }
        write(other, videoOf(true, 0, 1_000));
        long held = 10 * (100 + ENTRY_BYTES) + 5 + 6 + 7 + 8 + 9 + 10 + 11 + 12 + 13 + 14;
        assertEquals(held, ring.bytes());
        assertEquals(held + 1_000 + ENTRY_BYTES, budget.usedBytes());

        ring.giveBack();
        assertEquals(1_000 + ENTRY_BYTES, budget.usedBytes());
        ring.giveBack();
        other.giveBack();
        assertEquals(0, budget.usedBytes());
        assertKeeps(ring, 5, 15);
    }

    @Test
    void keepsOneSecondWhenTheBudgetIsSpent() {
        FrameRing ring = ring();
        for (int i = 0; i <= 100; i++) {
            write(ring, i == 0 ? key(0) : inter(i * 100));
        }
        assertKeeps(ring, 0, 101);
        long others = budget.limitBytes() - budget.usedBytes();
        budget.take(others);
        write(ring, inter(10_100));
        assertKeeps(ring, 91, 102);
        assertEquals(-1, ring.newestRandomAccessPoint());

        budget.giveBack(others);
        write(ring, inter(10_200));
        assertKeeps(ring, 91, 103);
    }

    /** One second of a clock that stands still is for ever. */
    @Test
    void keepsOneSecondsBytesWhenTheBudgetIsSpent() {
        FrameRing ring = ring(2_500, 80_000);
        budget.take(budget.limitBytes());
        for (int i = 0; i < 70; i++) {
            write(ring, videoOf(true, 7, 904));
        }
        assertKeeps(ring, 60, 70);
    }
}
