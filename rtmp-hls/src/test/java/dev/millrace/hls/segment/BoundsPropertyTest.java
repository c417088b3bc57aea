package dev.millrace.hls.segment;

import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What a stream without end may hold. */
class BoundsPropertyTest {

    private static final int MAX_SEGMENT_BYTES = 1 << 20;
    private static final int SENT_BYTES = 24 << 20;

    private static final SegmenterOptions OPTIONS =
            SegmenterOptions.DEFAULT.withMaxTargetDurationSeconds(6).withMaxSegmentBytes(MAX_SEGMENT_BYTES);

    /** How the stream begins, as far as video is concerned. */
    enum Start {
        HEADER_ONLY,
        KEYFRAME,
        FALSE_KEYFRAMES
    }

    record Endless(Start start, boolean withVideo, boolean withAudio, int frameBytes, int stepMillis, boolean manyTracks) {}

    @Property(tries = 80, edgeCases = EdgeCasesMode.NONE)
    void invariant51_withoutRandomAccessPointsNothingGrows(@ForAll("endless") Endless stream) {
        Play play = new Play(OPTIONS);
        play.begin().frames(Messages.avcHeader(0), Messages.aacHeader(0));
        if (stream.start == Start.KEYFRAME) {
            play.frames(Messages.key(0, 0));
        }
        long millis = 0;
        int number = 1;
        for (long sent = 0; sent < SENT_BYTES; sent += stream.frameBytes) {
            millis += stream.stepMillis;
            play.nowMillis += stream.stepMillis;
            if (stream.withVideo) {
                int first = stream.start == Start.FALSE_KEYFRAMES ? 0x17 : 0x27;
                play.frames(Messages.coded(first, millis, 0, Messages.nalUnit(0x41, number++, stream.frameBytes)));
            }
            if (stream.withAudio) {
                play.frames(stream.manyTracks
                        ? Messages.audioBesideOtherTrack(millis, stream.frameBytes)
                        : Messages.aac(millis, number++));
            }
            long held = play.segmenter.heldBytes();
            assertTrue(held <= 2 * MAX_SEGMENT_BYTES + 2 * stream.frameBytes, "51: " + held + " bytes are held after " + sent);
        }
        play.end();
        for (Segment segment : play.segments) {
            assertTrue(segment.size() <= MAX_SEGMENT_BYTES, "51: segment of " + segment.size() + " bytes");
        }
        boolean begins = stream.start == Start.KEYFRAME && stream.withVideo;
        assertTrue(!begins || play.segments.size() > 1, "51: cut without a random access point");
        assertTrue(play.segmenter.heldBytes() == 0, "51: nothing is held behind the end");
    }

    @Example
    void invariant51_aHeldSampleCountsWithItsWholeMessage() {
        Play play = new Play(OPTIONS);
        play.begin().frames(Messages.avcHeader(0), Messages.aacHeader(0), Messages.audioBesideOtherTrack(0, 100_000));
        assertTrue(play.segmenter.heldBytes() > 100_000, "51: the other track is kept with it");
    }

    @Provide
    Arbitrary<Endless> endless() {
        return Combinators.combine(
                        Arbitraries.of(Start.values()), Arbitraries.of(true, true, false), Arbitraries.of(true, false),
                        Arbitraries.integers().between(20_000, 300_000), Arbitraries.of(1, 10, 40, 200), Arbitraries.of(true, false))
                .as(Endless::new)
                .filter(stream -> stream.withVideo || stream.withAudio && stream.manyTracks);
    }
}
