package dev.millrace.hls.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.hls.testkit.TsCheck;
import dev.millrace.hls.testkit.TsReader;
import dev.millrace.media.Bytes;
import dev.millrace.media.StreamHeaders;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a timeline ends, and where it does not: tracks, configurations, times, publications. */
class SegmenterTimelineTest {

    private final Play play = new Play(SegmenterOptions.DEFAULT);

    private Play live() {
        return play.begin().frames(Messages.avcHeader(0), Messages.aacHeader(0));
    }

    @Test
    void audioThatComesLateButInTimeIsInTheFirstSegment() {
        live().av(0, 600, 1_000, false);
        play.frames(Messages.aac(600, 900), Messages.aac(623, 901));
        play.av(1_000, 4_000, 1_000, false).end();
        assertEquals(List.of("avc1.64000c", "mp4a.40.2"), play.segments.get(0).facts().codecs());
        play.check();
        assertEquals(List.of(false, false), play.discontinuities());
    }

    @Test
    void audioThatComesTooLateBeginsWithADiscontinuity() {
        play.begin().frames(Messages.avcHeader(0)).av(0, 3_000, 1_000, false);
        play.frames(Messages.aacHeader(3_000)).av(3_000, 6_000, 1_000, true).end();
        assertEquals(1, play.discontinuities().stream().filter(value -> value).count());
        assertEquals(List.of("avc1.64000c"), play.segments.get(0).facts().codecs());
        assertEquals(List.of("avc1.64000c", "mp4a.40.2"), play.segments.get(play.segments.size() - 1).facts().codecs());
        play.check();
    }

    @Test
    void videoThatComesTooLateBeginsWithADiscontinuity() {
        play.begin().frames(Messages.aacHeader(0)).audio(0, 3_000).frames(Messages.avcHeader(3_000)).av(3_000, 5_100, 2_000, true).end();
        assertEquals(List.of("mp4a.40.2"), play.segments.get(0).facts().codecs());
        assertEquals(1, play.discontinuities().stream().filter(value -> value).count());
        play.check();
    }

    @Test
    void videoThatEndsForGoodLeavesAudioAlone() {
        live().av(0, 4_000, 1_000, true).audio(4_000, 30_000).end();
        assertEquals(List.of("mp4a.40.2"), play.segments.get(play.segments.size() - 1).facts().codecs());
        assertEquals(1, play.discontinuities().stream().filter(value -> value).count());
        assertEquals(0, play.segmenter.statistics().skipped(), "the audio is not held up by a video track that is gone");
        play.check();
    }

    @Test
    void audioThatEndsForGoodLeavesVideoAlone() {
        live().av(0, 4_000, 1_000, true).av(4_000, 20_000, 1_000, false).end();
        assertEquals(List.of("avc1.64000c"), play.segments.get(play.segments.size() - 1).facts().codecs());
        assertEquals(1, play.discontinuities().stream().filter(value -> value).count());
        play.check();
    }

    @Test
    void tracksThatPauseKeepTheirPlace() {
        live().av(0, 4_000, 1_000, true).av(4_000, 7_000, 1_000, false).av(7_000, 8_000, 1_000, true).audio(8_000, 12_000);
        play.av(12_000, 14_000, 1_000, true).end();
        assertFalse(play.discontinuities().contains(true));
        play.check();
    }

    @Test
    void invariant11_aNewPublicationIsOneDiscontinuity() {
        live().av(0, 5_000, 1_000, true).end();
        play.nowMillis += 3_000;
        play.begin().frames(Messages.avcHeader(0), Messages.aacHeader(0)).av(0, 5_000, 1_000, true).end();
        assertEquals(List.of(false, false, false, true, false, false), play.discontinuities());
        play.check();
    }

    @Test
    void headersOfThePublicationAreKnownFromTheStart() {
        StreamHeaders headers = StreamHeaders.EMPTY.with(Messages.avcHeader(0)).with(Messages.aacHeader(0));
        play.begin(headers).av(0, 3_000, 1_000, true).end();
        assertEquals(List.of("avc1.64000c", "mp4a.40.2"), play.segments.get(0).facts().codecs());
    }

    @Test
    void invariant11_repeatedHeadersChangeNothing() {
        live().av(0, 3_000, 1_000, true).frames(Messages.avcHeader(3_000), Messages.aacHeader(3_000)).av(3_000, 6_000, 1_000, true).end();
        assertFalse(play.discontinuities().contains(true));
    }

    @Test
    void invariant11_aNewVideoConfigurationIsADiscontinuityAtTheNextKeyframe() {
        live().av(0, 3_000, 1_000, true).frames(Messages.avcHeader(3_000, Messages.OTHER_SPS), Messages.inter(3_000, 900));
        play.av(3_040, 6_040, 1_000, true).end();
        assertEquals(List.of(false, false, true, false), play.discontinuities());
        assertEquals(List.of("avc1.64000d", "mp4a.40.2"), play.segments.get(2).facts().codecs());
        assertEquals(1, play.count(SegmenterEvent.SKIPPED_BEFORE_KEYFRAME));
        TsReader reader = play.check();
        assertTrue(reader.video().stream().filter(pes -> pes.segment() == 2).findFirst().orElseThrow().nalUnits()
                .contains(Bytes.takeOver(Messages.hex(Messages.OTHER_SPS))));
    }

    @Test
    void invariant11_aNewAudioConfigurationIsADiscontinuityAtTheNextKeyframe() {
        live().av(0, 3_000, 2_000, true).frames(Messages.aacHeader48(3_000)).av(3_000, 7_000, 2_000, true).end();
        assertEquals(1, play.discontinuities().stream().filter(value -> value).count());
        play.check();
    }

    @Test
    void invariant11_anAudioConfigurationThatComesBackBeforeTheNextKeyframeChangesNothing() {
        live().av(0, 3_000, 4_000, true).frames(Messages.aacHeader48(3_000), Messages.aac(3_000, 900), Messages.aacHeader(3_040));
        for (int i = 0; i < 25; i++) {
            play.frames(Messages.inter(3_040 + 40L * i, 1_000 + i), Messages.aac(3_040 + 40L * i, 2_000 + i));
        }
        play.av(4_040, 8_000, 4_000, true).end();
        assertFalse(play.discontinuities().contains(true));
        assertEquals(0, play.count(SegmenterEvent.SKIPPED_BEFORE_KEYFRAME), "the video goes on");
        play.check(new TsCheck().audioGaps());
    }

    @Test
    void anotherAudioConfigurationCostsNoVideo() {
        live().av(0, 3_000, 4_000, true).frames(Messages.aacHeader48(3_000));
        play.frames(Messages.aac(3_000, 900), Messages.inter(3_000, 901), Messages.aac(3_020, 902), Messages.inter(3_040, 903));
        play.av(3_080, 6_000, 4_000, true).end();
        assertEquals(0, play.count(SegmenterEvent.SKIPPED_BEFORE_KEYFRAME));
        assertEquals(1, play.discontinuities().stream().filter(value -> value).count());
        play.check();
    }

    @Test
    void invariant11_aPictureThatChangesInBandIsADiscontinuity() {
        live().av(0, 3_000, 1_000, true);
        Bytes sps = Bytes.takeOver(Messages.hex(Messages.OTHER_SPS));
        Bytes pps = Bytes.takeOver(Messages.hex(Messages.PPS));
        play.frames(Messages.coded(0x17, 3_000, 0, sps, pps, Messages.nalUnit(0x65, 900, 0)));
        play.av(3_040, 4_000, 10_000, true).av(4_000, 6_000, 1_000, true).end();
        assertEquals(1, play.discontinuities().stream().filter(value -> value).count());
        assertEquals("avc1.64000d", play.segments.get(play.segments.size() - 1).facts().codecs().get(0));
        TsReader reader = play.check();
        assertTrue(reader.video().stream().filter(pes -> pes.randomAccess() && pes.segment() == play.segments.size() - 1)
                .allMatch(pes -> pes.nalUnits().contains(sps)), "later keyframes have the newest parameter sets");
    }

    @Test
    void invariant11_aNewPictureParameterSetAloneIsNoDiscontinuity() {
        live().av(0, 3_000, 1_000, true);
        String header = "1700000000 0164000cffe1001a" + Messages.SPS + "010004 68ef8fce fdf8f800";
        play.frames(Messages.video(3_000, header)).av(3_000, 6_000, 1_000, true).end();
        assertFalse(play.discontinuities().contains(true));
        assertEquals(0, play.count(SegmenterEvent.SKIPPED_BEFORE_KEYFRAME));
        TsReader reader = play.check();
        assertTrue(reader.video().stream().filter(pes -> pes.randomAccess()).reduce((one, other) -> other).orElseThrow().nalUnits()
                .contains(Bytes.takeOver(Messages.hex("68ef8fce"))), "later keyframes have the newest parameter sets");
    }

    @Test
    void timesThatJumpAreADiscontinuityAndTheOutputGoesOn() {
        live().av(100_000, 103_000, 1_000, true).av(5_000, 8_000, 1_000, true).av(500_000, 503_000, 1_000, true).end();
        assertEquals(List.of(false, false, true, false, true, false), play.discontinuities());
        assertEquals(2, play.count(SegmenterEvent.TIME_JUMP));
        play.check();
    }

    @Test
    void oneWrongTimeIsNoJump() {
        live().av(0, 3_000, 1_000, true).frames(Messages.inter(90_000, 900)).av(3_000, 6_000, 1_000, true).end();
        assertFalse(play.discontinuities().contains(true));
        assertEquals(1, play.count(SegmenterEvent.SKIPPED_OUT_OF_TIME));
        play.check();
    }

    @Test
    void wrongTimesFarApartAreNoJumpEither() {
        play.begin().frames(Messages.avcHeader(0)).av(0, 3_000, 1_000, false).frames(Messages.inter(90_000, 900));
        play.av(3_000, 4_000, 1_000, false).frames(Messages.inter(90_500, 901)).av(4_000, 6_000, 1_000, false).end();
        assertFalse(play.discontinuities().contains(true));
        assertEquals(2, play.count(SegmenterEvent.SKIPPED_OUT_OF_TIME));
    }

    @Test
    void audioFromBeforeTheStartOfATimelineIsLeftOut() {
        live().av(0, 3_000, 1_000, true).end();
        play.begin().frames(Messages.avcHeader(0), Messages.aacHeader(0), Messages.key(1_000, 900), Messages.aac(1_000, 901));
        play.end().begin().frames(Messages.avcHeader(0), Messages.aacHeader(0), Messages.aac(960, 902), Messages.key(1_000, 903));
        play.frames(Messages.aac(1_010, 904), Messages.aac(985, 905), Messages.inter(1_040, 906)).end();
        assertEquals(2, play.count(SegmenterEvent.SKIPPED_BEFORE_START));
        play.check();
    }

    @Test
    void smallStepsBackAreClamped() {
        live().av(0, 3_000, 1_000, true).av(2_600, 6_000, 1_000, true).end();
        assertFalse(play.discontinuities().contains(true));
        assertTrue(play.count(SegmenterEvent.CLAMPED_DTS) > 0);
        play.check();
    }

    @Test
    void aPauseOfAllTracksIsBridgedUpToOneSegment() {
        live().av(0, 3_000, 1_000, true).av(5_000, 8_000, 1_000, true).end();
        assertFalse(play.discontinuities().contains(true));
        play.check();
    }

    @Test
    void aLongerPauseIsADiscontinuity() {
        live().av(0, 3_000, 1_000, true).av(12_000, 15_000, 1_000, true).end();
        assertEquals(1, play.discontinuities().stream().filter(value -> value).count());
        play.check();
    }

    @Test
    void afterLostFramesVideoGoesOnAtAKeyframeWithoutDiscontinuity() {
        live().av(0, 2_400, 1_000, true);
        play.segmenter.onGap(1);
        play.frames(Messages.inter(3_400, 900), Messages.inter(3_440, 901)).av(3_480, 6_000, 1_000, true).end();
        assertEquals(2, play.count(SegmenterEvent.SKIPPED_BEFORE_KEYFRAME));
        assertFalse(play.discontinuities().contains(true));
        play.check();
    }
}
