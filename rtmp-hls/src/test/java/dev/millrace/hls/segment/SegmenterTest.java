package dev.millrace.hls.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.amf.AmfObject;
import dev.millrace.hls.testkit.TsCheck;
import dev.millrace.hls.testkit.TsReader;
import dev.millrace.hls.ts.TsOptions;
import dev.millrace.media.Bytes;
import dev.millrace.media.Codec;
import dev.millrace.media.FrameRole;
import dev.millrace.media.MediaKind;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SegmenterTest {

    private static final SegmenterOptions OPTIONS = SegmenterOptions.DEFAULT;

    private final Play play = new Play(OPTIONS);

    private Play live() {
        return play.begin().frames(Messages.avcHeader(0), Messages.aacHeader(0));
    }

    @Test
    void cutsAtTheFirstKeyframeBehindTheTarget() {
        live().av(0, 10_000, 1_000, true).end();
        assertEquals(List.of(2_000L, 2_000L, 2_000L, 2_000L, 2_000L), play.durationsMillis());
        assertEquals(900_000, play.segments.get(0).startTicks());
        assertEquals(OptionalInt.of(2), play.segmenter.targetDurationSeconds());
        TsReader reader = play.check();
        assertEquals(250, reader.video().size());
        assertTrue(play.segments.stream().allMatch(Segment::independent));
    }

    @Test
    void factsAreThoseOfTheTracks() {
        live().av(0, 2_500, 1_000, true).end();
        SegmentFacts facts = play.segments.get(0).facts();
        assertEquals(List.of("avc1.64000c", "mp4a.40.2"), facts.codecs());
        assertEquals(OptionalInt.of(320), facts.width());
        assertEquals(OptionalInt.of(180), facts.height());
        assertEquals(10, facts.framesPerSecond().orElseThrow(), "what the parameter set says");
    }

    @Test
    void theFirstGroupOfPicturesMakesTheTargetDuration() {
        live().av(0, 17_000, 4_200, true).end();
        assertEquals(OptionalInt.of(4), play.segmenter.targetDurationSeconds());
        assertEquals(List.of(4_200L, 4_200L, 4_200L, 4_200L, 200L), play.durationsMillis());
        play.check();
    }

    @Test
    void invariant51_withoutKeyframeIsCutAnyway() {
        live().av(0, 40_000, 100_000, true).end();
        assertEquals(OptionalInt.of(10), play.segmenter.targetDurationSeconds());
        assertEquals(List.of(10_480L, 10_480L, 10_480L, 8_560L), play.durationsMillis());
        assertEquals(List.of(true, false, false, false), play.segments.stream().map(Segment::independent).toList());
        assertEquals(3, play.count(SegmenterEvent.FORCED_CUT));
        play.check();
    }

    @Test
    void invariant51_isCutBeforeItIsTooLarge() {
        Play small = new Play(OPTIONS.withMaxSegmentBytes(1 << 20));
        small.begin().frames(Messages.avcHeader(0), Messages.coded(0x17, 0, 0, Messages.nalUnit(0x65, 0, 10)));
        for (int i = 1; i < 60; i++) {
            small.frames(Messages.coded(0x27, 10L * i, 0, Messages.nalUnit(0x41, i, 100_000)));
        }
        small.frames(Messages.coded(0x27, 600, 0, Messages.nalUnit(0x41, 60, 2 << 20))).end();
        assertTrue(small.segments.stream().allMatch(segment -> segment.size() <= 1 << 20));
        assertEquals(1, small.count(SegmenterEvent.SKIPPED_TOO_LARGE));
        assertEquals(60, small.check().video().size());
    }

    @Test
    void keyframesThatComeTooEarlyAreTakenBeforeTheSegmentIsTooLong() {
        Play restored = new Play(OPTIONS, TsOptions.DEFAULT, OptionalInt.of(2));
        restored.begin().frames(Messages.avcHeader(0)).av(0, 12_000, 1_600, false).end();
        assertEquals(0, restored.count(SegmenterEvent.FORCED_CUT));
        assertEquals(List.of(1_600L, 1_600L, 1_600L, 1_600L, 1_600L, 1_600L, 1_600L, 800L), restored.durationsMillis());
    }

    @Test
    void continuesThePlaylistOfAnEarlierLife() {
        Play restored = new Play(OPTIONS, TsOptions.DEFAULT, OptionalInt.of(6));
        restored.begin().frames(Messages.avcHeader(0)).av(0, 5_000, 1_000, false).end();
        assertEquals(OptionalInt.of(6), restored.segmenter.targetDurationSeconds());
        assertEquals(List.of(true, false, false), restored.discontinuities());
    }

    @Test
    void audioAloneIsCutAtTheTarget() {
        play.begin().frames(Messages.aacHeader(0)).audio(0, 9_000).end();
        List<Long> durations = play.durationsMillis();
        assertTrue(durations.subList(0, 4).stream().allMatch(millis -> Math.abs(millis - 2_000) <= 12), durations.toString());
        assertEquals(List.of("mp4a.40.2"), play.segments.get(0).facts().codecs());
        assertEquals(388, play.check().aacFrames().size());
    }

    @Test
    void videoAloneIsNotHeldUpWhereTheMetadataSayThatThereIsNoAudio() {
        play.begin().frames(Messages.metadata(AmfObject.builder().put("videocodecid", 7).put("width", 320).build()), Messages.avcHeader(0));
        play.frames(Messages.key(0, 0), Messages.inter(40, 1)).end();
        assertEquals(List.of("avc1.64000c"), play.segments.get(0).facts().codecs());
        assertEquals(2, play.check().video().size());
    }

    @Test
    void theStartIsAKeyframe() {
        live().frames(Messages.inter(0, 900), Messages.aac(0, 901)).av(40, 2_500, 1_000, true).end();
        assertEquals(1, play.count(SegmenterEvent.SKIPPED_BEFORE_KEYFRAME));
        assertEquals(1, play.count(SegmenterEvent.SKIPPED_BEFORE_START));
        play.check();
    }

    @Test
    void openGroupsOfPicturesAreCutAtTheirRecoveryPoints() {
        Bytes recoveryPoint = Bytes.takeOver(Messages.hex("06060184 80"));
        play.begin().frames(Messages.avcHeader(0), Messages.key(0, 0));
        for (int i = 1; i < 200; i++) {
            Bytes slice = Messages.nalUnit(0x41, i, 0);
            play.frames(i % 25 == 0 ? Messages.coded(0x17, 40L * i, 0, recoveryPoint, slice) : Messages.coded(0x27, 40L * i, 0, slice));
        }
        play.end();
        assertEquals(List.of(2_000L, 2_000L, 2_000L, 2_000L), play.durationsMillis());
        assertEquals(0, play.count(SegmenterEvent.FORCED_CUT));
        play.check(new TsCheck().openGroups());
    }

    @Test
    void aKeyframeThatIsNoneBeginsNoSegment() {
        live().av(0, 2_000, 2_000, true).frames(Messages.coded(0x17, 2_000, 0, Messages.nalUnit(0x41, 900, 0)));
        play.av(2_040, 4_000, 2_000, true).end();
        assertEquals(List.of(2_040L, 1_960L), play.durationsMillis());
        play.check();
    }

    @Test
    void invariant33_presentationIsNeverBeforeDecoding() {
        live().frames(Messages.coded(0x17, 0, -80, Messages.nalUnit(0x65, 0, 0)), Messages.aac(10, 1));
        play.frames(Messages.coded(0x27, 40, 8_000_000, Messages.nalUnit(0x41, 2, 0))).end();
        assertEquals(2, play.count(SegmenterEvent.CLAMPED_PTS));
        play.check();
    }

    @Test
    void invariant33_timesGoOnOverTheWrapOf33Bits() {
        Play wrapping = new Play(OPTIONS.withFirstTicks((1L << 33) - 3 * Play.SECOND));
        wrapping.begin().frames(Messages.avcHeader(0), Messages.aacHeader(0)).av(0, 8_000, 1_000, true).end();
        assertTrue(wrapping.segments.get(3).startTicks() > 1L << 33);
        assertFalse(wrapping.discontinuities().contains(true));
        wrapping.check();
    }

    @Test
    void tracksThatCannotBeThereAreRefusedOnce() {
        play.begin().frames(Messages.avcHeader(0));
        play.frames(Messages.audio(0, "b2 80"), Messages.audio(20, "b2 80"));
        play.av(0, 3_000, 1_000, false).end();
        assertEquals(List.of("SPEEX: speex cannot be in MPEG-TS segments that players take"), play.refused);
        assertEquals(2, play.count(SegmenterEvent.SKIPPED_REFUSED_TRACK));
        assertEquals(List.of("avc1.64000c"), play.segments.get(0).facts().codecs());
    }

    @Test
    void aacThatAdtsCannotSayIsRefusedWithItsReason() {
        play.begin().frames(Messages.avcHeader(0), Messages.audio(0, "af00 1214"), Messages.aac(0, 1)); // 960 samples a frame
        play.av(0, 3_000, 1_000, false).end();
        assertEquals(List.of("AAC: frame of 960 samples, ADTS can only say 1024"), play.refused);
        assertEquals(List.of("avc1.64000c"), play.segments.get(0).facts().codecs());
    }

    @Test
    void invariant50_brokenFramesAreSkippedAndCounted() {
        live().av(0, 1_000, 1_000, true);
        play.frames(
                Messages.video(1_000, "2701000000 000000ff 4188"),
                Messages.video(1_000, "2701000000 00000000"),
                Messages.unseen(MediaKind.AUDIO, FrameRole.CODED, Codec.AAC, 1_000, "af01"),
                Messages.video(1_000, "1700000000 02ff"),
                Messages.audio(1_000, "af00 ff"));
        play.av(1_040, 3_000, 1_000, true).end();
        assertEquals(2, play.count(SegmenterEvent.SKIPPED_BROKEN_VIDEO));
        assertEquals(1, play.count(SegmenterEvent.SKIPPED_BROKEN_MESSAGE));
        assertEquals(2, play.count(SegmenterEvent.SKIPPED_BROKEN_HEADER));
        assertFalse(play.discontinuities().contains(true));
        play.check();
    }

    @Test
    void invariant50_aNalUnitOfZerosIsLeftOutAndCounted() {
        live().av(0, 1_000, 1_000, true);
        play.frames(
                Messages.video(1_000, "2701000000 00000002 4188 00000003 000000"),
                Messages.video(1_040, "2701000000 00000003 000000"));
        play.av(1_080, 3_000, 1_000, true).end();
        assertEquals(1, play.count(SegmenterEvent.BROKEN_NAL_UNIT));
        assertEquals(1, play.count(SegmenterEvent.SKIPPED_BROKEN_VIDEO));
        TsReader reader = play.check();
        assertEquals(25 + 1 + 48, reader.video().size());
        assertEquals("[09f0, 4188]", reader.video().get(25).nalUnits().toString());
    }

    @Test
    void invariant17_theDateIsThatOfTheFrameThatCameEarliest() {
        live();
        long start = play.nowMillis;
        play.nowMillis = start + 1_500; // the frames of the first 1.5 s come at once
        for (int i = 0; i * 40 < 1_500; i++) {
            play.frames(i == 0 ? Messages.key(0, 0) : Messages.inter(40L * i, i), Messages.aac(40L * i, 500 + i));
        }
        play.nowMillis = start + 1_480;
        play.av(1_520, 8_000, 1_000, true).end();
        assertEquals(start, play.segments.get(0).programDateTime().toEpochMilli());
        play.check();
    }

    @Test
    void ofManyTracksTheFirstIsTaken() {
        play.begin().frames(Messages.avcHeader(0));
        play.frames(Messages.video(0, "96 11 61766331 00 000009 000000 00000002 6588 01 000009 000000 00000002 6599"));
        play.frames(Messages.video(40, "96 01 61766331 01 000000 00000002 6599"));
        play.frames(Messages.video(40, "a6 01 61766331 00 000014 00000002 4188")).end();
        TsReader reader = play.check();
        assertEquals(2, play.count(SegmenterEvent.SKIPPED_OTHER_TRACK));
        assertEquals(List.of(Bytes.copyOf(Messages.hex("6588")), Bytes.copyOf(Messages.hex("4188"))), reader.video().stream()
                .map(pes -> pes.nalUnits().get(pes.nalUnits().size() - 1)).toList());
        assertEquals(20 * 90, reader.video().get(1).pts() - reader.video().get(1).dts(), "composition time");
    }

    @Test
    void whatTheOptionsSwitchOffIsRefused() {
        play.begin().frames(Messages.avcHeader(0), Messages.audio(0, "91 61632d33 0b77 0000 14 40 43"), Messages.key(0, 0)).end();
        assertEquals(List.of("AC3: ac-3 in MPEG-TS is switched off"), play.refused);
        assertEquals(1, play.segments.size());
    }

    @Test
    void oneFrameOfAnotherCodingIsPassedOver() {
        live().av(0, 1_000, 1_000, true).frames(Messages.video(1_000, "22 00"), Messages.audio(1_000, "b2 80"));
        play.av(1_000, 4_000, 1_000, true).end();
        assertEquals(2, play.count(SegmenterEvent.SKIPPED_REFUSED_TRACK));
        assertEquals(List.of(2_000L, 2_000L), play.durationsMillis());
        play.check();
    }

    @Test
    void soundThatGoesOnInARefusedCodingEndsItsTrackAtTheNextKeyframe() {
        live().av(0, 1_500, 1_000, true);
        play.frames(Messages.audio(1_500, "91 61632d33 0b77 0000 14 40 43"), Messages.audio(1_532, "91 61632d33 0b77 0000 14 40 43"));
        play.av(2_000, 4_000, 1_000, false).end();
        assertEquals(List.of("AC3: ac-3 in MPEG-TS is switched off"), play.refused);
        assertEquals(List.of(1_520L, 2_000L), play.durationsMillis());
        assertEquals(List.of("avc1.64000c"), play.segments.get(1).facts().codecs());
        assertEquals(1, play.count(SegmenterEvent.CONFIGURATION_CHANGE));
        play.check();
    }

    @Test
    void timedMetadataAreInTheSegment() {
        Play tagged = new Play(OPTIONS.withTimedMetadata(true));
        tagged.begin().frames(Messages.avcHeader(0), Messages.aacHeader(0)).av(0, 1_000, 1_000, true);
        tagged.frames(Messages.metadata(AmfObject.builder().put("title", "a \"b\"").put("rate", 2.5).put("live", true).build()));
        tagged.av(1_000, 2_500, 1_000, true).end();
        byte[] payload = tagged.check().pesPackets(0x102).get(0).payload().toByteArray();
        assertTrue(new String(payload, StandardCharsets.UTF_8)
                .endsWith("onMetaData\0[{\"title\":\"a \\\"b\\\"\",\"rate\":2.5,\"live\":true}]"));
    }

    @Test
    void nothingIsTakenWithoutPublication() {
        assertThrows(IllegalStateException.class, () -> play.frames(Messages.key(0, 0)));
        assertThrows(IllegalStateException.class, () -> play.segmenter.onGap(1));
        play.end();
        assertEquals(Collections.emptyList(), play.segments);
    }
}
