package dev.millrace.hls.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.codec.aac.AdtsHeader;
import dev.millrace.hls.testkit.AdtsContainer;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The segmenter with a container format that has initialization segments, takes audio alone and counts time in samples. */
class OtherContainerTest {

    private final AdtsContainer container = new AdtsContainer();
    private final Play play = new Play(SegmenterOptions.DEFAULT, container, OptionalInt.empty());

    private static int framesIn(byte[] segment) {
        Bytes bytes = Bytes.copyOf(segment);
        int frames = 0;
        try {
            for (int at = 0; at < bytes.size(); frames++) {
                at += AdtsHeader.parse(bytes.slice(at, bytes.size() - at)).frameBytes();
            }
        } catch (MalformedException e) {
            throw new AssertionError("behind " + frames + " frames", e);
        }
        return frames;
    }

    @Test
    void tracksAreTakenAsTheContainerSays() {
        play.begin().frames(Messages.avcHeader(0), Messages.aacHeader(0)).av(0, 9_000, 1_000, true).end();
        assertEquals(List.of("AVC: avc is not AAC"), play.refused);
        assertEquals(5, play.segments.size());
        assertEquals(388, play.bytes.stream().mapToInt(OtherContainerTest::framesIn).sum());
        assertTrue(play.segments.stream().allMatch(segment -> segment.facts().codecs().equals(List.of("mp4a.40.2"))));
        assertTrue(play.segments.stream().allMatch(segment -> segment.format() == AdtsContainer.FORMAT));
        assertEquals(225, play.segmenter.statistics().skipped(), "only video is left out");
        SegmentListCheck.check(play);
    }

    @Test
    void invariant35_timesAreExactInTheTimescaleOfTheContainer() {
        play.begin().frames(Messages.aacHeader(0)).audio(0, 9_000).end();
        long start = container.times.get(0);
        assertEquals(10 * 44_100, start);
        for (int i = 0; i < container.times.size(); i++) {
            assertEquals(start + 1024L * i, container.times.get(i));
        }
        SegmentListCheck.check(play);
    }

    @Test
    void segmentsHaveTheInitializationOfTheirFormat() {
        play.begin().frames(Messages.aacHeader(0)).audio(0, 5_000).frames(Messages.aacHeader48(5_000)).audio(5_000, 9_000).end();
        List<Bytes> initializations = play.segments.stream().map(segment -> segment.initialization().orElseThrow()).toList();
        assertSame(initializations.get(0), initializations.get(1));
        for (int i = 1; i < initializations.size(); i++) {
            boolean same = initializations.get(i).equals(initializations.get(i - 1));
            assertEquals(!same, play.segments.get(i).discontinuity(), "segment " + i);
        }
        assertNotEquals(initializations.get(0), initializations.get(initializations.size() - 1));
        SegmentListCheck.check(play);
    }

    @Test
    void segmentsAreCheckedAgainstTheirFormat() {
        SegmentFacts facts = new SegmentFacts(List.of(), OptionalInt.empty(), OptionalInt.empty(), OptionalDouble.empty());
        List<ByteBuffer> chunks = List.of(ByteBuffer.allocate(3));
        Optional<Bytes> needed = Optional.of(Bytes.EMPTY);
        List<Runnable> wrong = new ArrayList<>();
        wrong.add(() -> new Segment(AdtsContainer.FORMAT, Optional.empty(), chunks, 3, 0, 1, false, true, Instant.EPOCH, facts));
        wrong.add(() -> new Segment(AdtsContainer.FORMAT, needed, chunks, 4, 0, 1, false, true, Instant.EPOCH, facts));
        wrong.add(() -> new Segment(AdtsContainer.FORMAT, needed, chunks, 3, 0, 0, false, true, Instant.EPOCH, facts));
        wrong.forEach(make -> assertThrows(IllegalArgumentException.class, make::run));
        assertEquals(3, new Segment(AdtsContainer.FORMAT, needed, chunks, 3, 0, 1, false, true, Instant.EPOCH, facts).size());
    }
}
