package dev.millrace.rtmp.stream;

import static dev.millrace.rtmp.stream.Frames.audio;
import static dev.millrace.rtmp.stream.Frames.data;
import static dev.millrace.rtmp.stream.Frames.inter;
import static dev.millrace.rtmp.stream.Frames.key;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.millrace.media.MediaFrame;
import dev.millrace.media.StreamHeaders;
import dev.millrace.rtmp.ByteBudget;
import dev.millrace.rtmp.stream.FrameRing.Entry;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RingCursorTest {

    private static final boolean VIDEO = true;
    private static final boolean NO_VIDEO = false;

    private FrameRing ring = ring(2_500);
    private RingCursor cursor = cursor();

    private static FrameRing ring(int maxFrames) {
        return new FrameRing(new RingLimits(maxFrames, 1 << 20, Duration.ofSeconds(60)), new ByteBudget(1 << 20));
    }

    private RingCursor cursor() {
        return new RingCursor(ring, Duration.ofSeconds(4));
    }

    private void small(int maxFrames) {
        ring = ring(maxFrames);
        cursor = cursor();
    }

    private void write(MediaFrame... frames) {
        for (MediaFrame frame : frames) {
            ring.write(frame, StreamHeaders.EMPTY);
        }
    }

    private void assertStarts(long next, boolean waiting, StartPosition start, boolean videoWanted, boolean videoKnown) {
        cursor.start(start, videoWanted, videoKnown);
        assertAt(next, waiting);
        assertEquals(0, cursor.takeLost().total());
    }

    private void assertAt(long next, boolean waiting) {
        assertEquals(Place.of(next, waiting), cursor.place());
    }

    private void assertSettles(long next, boolean waiting, long lost) {
        Optional<Long> expected = next < ring.written() ? Optional.of(next) : Optional.empty();
        assertEquals(expected, cursor.settle().map(Entry::sequence));
        assertAt(next, waiting);
        assertEquals(lost, cursor.takeLost().total());
        assertEquals(0, cursor.takeLost().total());
    }

    @Test
    void startsAtTheEndOfAnEmptyRing() {
        assertStarts(0, true, StartPosition.NEWEST_KEYFRAME, VIDEO, NO_VIDEO);
        assertStarts(0, true, StartPosition.LIVE, VIDEO, VIDEO);
        assertSettles(0, true, 0);
    }

    @Test
    void startsAtTheNewestKeyframe() {
        write(key(0), inter(40), audio(50), key(80), inter(120), audio(130));
        assertStarts(3, false, StartPosition.NEWEST_KEYFRAME, VIDEO, VIDEO);
        assertSettles(3, false, 0);
    }

    @Test
    void startsAtTheFirstFrameWhileItIsThere() {
        assertStarts(0, true, StartPosition.FIRST_FRAME, VIDEO, NO_VIDEO);
        write(audio(0), key(5), inter(40), key(4_000), audio(4_000));
        assertStarts(0, true, StartPosition.FIRST_FRAME, VIDEO, VIDEO);
        assertSettles(0, true, 0);
    }

    @Test
    void startsAtTheNewestKeyframeIfTheFirstFrameIsTooFarBehind() {
        write(audio(0), key(5), inter(40), key(4_000), audio(4_001));
        assertStarts(3, false, StartPosition.FIRST_FRAME, VIDEO, VIDEO);
    }

    @Test
    void startsAtTheNewestKeyframeIfTheFirstFrameIsGone() {
        small(4);
        write(key(0), inter(40), key(80), inter(120), inter(160));
        assertStarts(2, false, StartPosition.FIRST_FRAME, VIDEO, VIDEO);
    }

    @Test
    void startsAtTheNewestAudioWhereThereIsNoVideo() {
        write(audio(0), audio(20), data(20));
        assertStarts(1, true, StartPosition.NEWEST_KEYFRAME, VIDEO, NO_VIDEO);
        assertStarts(1, true, StartPosition.LIVE, VIDEO, NO_VIDEO);
    }

    @Test
    void startsAtTheNewestAudioIfVideoIsRefused() {
        write(key(0), audio(10), audio(30), inter(40));
        assertStarts(2, true, StartPosition.NEWEST_KEYFRAME, NO_VIDEO, VIDEO);
    }

    @Test
    void startsLiveIfVideoHasNoKeyframe() {
        write(inter(0), audio(10), audio(30), inter(40));
        assertStarts(4, true, StartPosition.NEWEST_KEYFRAME, VIDEO, VIDEO);
    }

    @Test
    void startsLiveIfTheKeyframeWasDropped() {
        small(3);
        write(key(0), inter(40), inter(80), inter(120));
        assertStarts(4, true, StartPosition.NEWEST_KEYFRAME, VIDEO, VIDEO);
    }

    @Test
    void startsAtMostSoFarBehind() {
        write(key(0), audio(10), inter(1_000), data(500));
        assertStarts(0, false, StartPosition.atMostBehind(Duration.ofMillis(1_000)), VIDEO, VIDEO);
        assertStarts(4, true, StartPosition.atMostBehind(Duration.ofMillis(999)), VIDEO, VIDEO);
        assertStarts(4, true, StartPosition.LIVE, VIDEO, VIDEO);
        write(key(1_040));
        assertStarts(4, false, StartPosition.LIVE, VIDEO, VIDEO);
    }

    @Test
    void staysWhereItIsWithinTheLag() {
        write(key(0), inter(40));
        cursor.start(StartPosition.NEWEST_KEYFRAME, VIDEO, VIDEO);
        write(inter(3_960), key(4_000), inter(4_000));
        assertSettles(0, false, 0);
    }

    @Test
    void jumpsOverALagToANewerKeyframe() {
        write(key(0), inter(40));
        cursor.start(StartPosition.NEWEST_KEYFRAME, VIDEO, VIDEO);
        write(key(3_960), inter(4_000), key(4_001));
        assertSettles(4, false, 4);
    }

    @Test
    void staysInALagWithoutANewerKeyframe() {
        write(key(0));
        cursor.start(StartPosition.NEWEST_KEYFRAME, VIDEO, VIDEO);
        write(inter(5_000), inter(10_000));
        assertSettles(0, false, 0);
        cursor.moveTo(Place.of(1, false));
        assertSettles(1, false, 0);
    }

    @Test
    void dataDoesNotLag() {
        write(data(0), key(100_000), inter(100_040), data(0), inter(100_080), key(100_120));
        cursor.start(StartPosition.NEWEST_KEYFRAME, VIDEO, VIDEO);
        cursor.moveTo(Place.of(3, false));
        assertSettles(3, false, 0);
    }

    @Test
    void overtakenJumpsToTheNewestKeyframe() {
        small(4);
        write(key(0));
        cursor.start(StartPosition.NEWEST_KEYFRAME, VIDEO, VIDEO);
        cursor.moveTo(Place.of(1, false));
        write(inter(40), inter(80), inter(120), key(160), inter(200));
        assertEquals(2, ring.oldest());
        assertSettles(4, false, 3);
    }

    @Test
    void overtakenWithoutAKeyframeGoesLiveAndWaits() {
        small(4);
        write(key(0));
        cursor.start(StartPosition.NEWEST_KEYFRAME, VIDEO, VIDEO);
        cursor.moveTo(Place.of(1, false));
        write(inter(40), inter(80), inter(120), inter(160), inter(200), audio(210));
        assertSettles(7, true, 6);
        write(inter(240), key(280));
        assertSettles(7, true, 0);
    }

    @Test
    void keepsTheHeadersSentOverAJumpAndForgetsThemAtAStart() {
        StreamHeaders sent = StreamHeaders.EMPTY.with(Frames.videoHeader(1));
        small(4);
        write(key(0));
        cursor.moveTo(new Place(0, false, sent));
        write(inter(40), inter(80), inter(120), key(160), inter(200));
        cursor.settle();
        assertEquals(new Place(4, false, sent), cursor.place());
        cursor.start(StartPosition.NEWEST_KEYFRAME, VIDEO, VIDEO);
        assertEquals(new Place(4, false, StreamHeaders.EMPTY), cursor.place());
    }

    @Test
    void overtakenManyTimesAddsUp() {
        small(4);
        for (int i = 0; i < 20; i++) {
            write(audio(i * 20));
        }
        assertEquals(Optional.empty(), cursor.settle());
        write(audio(400), audio(420), audio(440), audio(460), audio(480));
        assertEquals(Optional.empty(), cursor.settle());
        cursor.countUndecodable(2);
        assertEquals(27, cursor.takeLost().total());
    }

    @Test
    void passesOverVideoUntilARandomAccessPoint() {
        write(inter(0), audio(5), data(5), key(10), Frames.video(40, "96 01 61766331 01 000000 65aa"));
        boolean[] passedOver = {true, false, false, false, true};
        for (int i = 0; i < passedOver.length; i++) {
            assertEquals(passedOver[i], RingCursor.passesOver(ring.at(i).orElseThrow(), true), "at " + i);
            assertFalse(RingCursor.passesOver(ring.at(i).orElseThrow(), false));
        }
    }

    /** A player that joins while the first keyframe is written would wait for the second one, if it looked for keyframes before it looked for the end. */
    @Test
    void startsNoLaterThanAKeyframeThatIsWrittenMeanwhile() throws Exception {
        int rounds = 20_000;
        FrameRing[] rings = new FrameRing[rounds];
        Arrays.setAll(rings, i -> ring(2));
        StressMeeting meeting = new StressMeeting();
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            SplittableRandom random = new SplittableRandom(1);
            for (FrameRing current : rings) {
                meeting.arrive(random);
                current.write(key(0), StreamHeaders.EMPTY);
                current.write(inter(40), StreamHeaders.EMPTY);
            }
        });
        try {
            SplittableRandom random = new SplittableRandom(2);
            for (FrameRing current : rings) {
                RingCursor joining = new RingCursor(current, Duration.ofSeconds(4));
                meeting.arrive(random);
                joining.start(StartPosition.NEWEST_KEYFRAME, VIDEO, NO_VIDEO);
                assertEquals(0, joining.place().next());
            }
        } finally {
            meeting.leave();
        }
        writer.get(60, TimeUnit.SECONDS);
    }
}
