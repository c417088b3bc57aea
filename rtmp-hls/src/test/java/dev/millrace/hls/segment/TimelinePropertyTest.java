package dev.millrace.hls.segment;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.hls.segment.Script.Kind;
import dev.millrace.hls.segment.StreamSamples.Stream;
import dev.millrace.hls.testkit.TsCheck;
import dev.millrace.hls.testkit.TsPes;
import dev.millrace.hls.testkit.TsReader;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Where a timeline ends, told from what was sent and what came out alone. */
class TimelinePropertyTest {

    /** The count of audio samples may be half a second from the times of the sender, on both sides. */
    private static final long AUDIO_TOLERANCE_TICKS = 11 * Play.SECOND / 10;

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void invariant11_aDiscontinuityIsWhereSomethingChangesAndNowhereElse(@ForAll("anyStreams") Stream stream) {
        Script script = stream.run();
        TsReader reader = script.play.check(new TsCheck().lateVideo());
        SegmentLook before = SegmentLook.of(0, script, reader, Optional.empty());
        for (int i = 1; i < script.play.segments.size(); i++) {
            SegmentLook look = SegmentLook.of(i, script, reader, Optional.of(before));
            boolean marked = script.play.segments.get(i).discontinuity();
            String text = "11: segment " + i + " of " + script.play.discontinuities() + ": " + before + ", " + look;
            boolean sameClock = marked || !isOtherClock(before, look);
            assertTrue(marked || before.isCodedAs(look), "unmarked, coded in another way, " + text);
            assertTrue(sameClock, "unmarked, on another clock, " + text);
            boolean cause = mayEndWithNothingToSee(stream, script.play);
            boolean changed = !before.isCodedAs(look) || distance(before, look).orElse(1) > 0;
            assertTrue(!marked || changed || cause, "marked, and nothing has changed, " + text);
            before = look;
        }
    }

    /** A clock may jump there and back, a picture change and change back, a track come late and go at once, where nothing is written. */
    private static boolean mayEndWithNothingToSee(Stream stream, Play play) {
        Set<Kind> kinds = EnumSet.of(Kind.PICTURE, Kind.VIDEO_CONFIG, Kind.AUDIO_PAUSE, Kind.VIDEO_PAUSE);
        boolean changesBack = stream.steps().stream().anyMatch(step -> kinds.contains(step.kind()));
        return play.count(SegmenterEvent.TIME_JUMP) + play.count(SegmenterEvent.TRACK_SILENT) > 0
                || changesBack && play.count(SegmenterEvent.CONFIGURATION_CHANGE) > 0;
    }

    private static boolean isOtherClock(SegmentLook one, SegmentLook other) {
        boolean byVideo = one.videoOffset().isPresent() && other.videoOffset().isPresent();
        return distance(one, other).orElse(0) > (byVideo ? 0 : AUDIO_TOLERANCE_TICKS);
    }

    /** How far apart the clocks of two segments are, by their video, or by their audio where there is no video. */
    private static OptionalLong distance(SegmentLook one, SegmentLook other) {
        if (one.videoOffset().isPresent() && other.videoOffset().isPresent()) {
            return OptionalLong.of(Math.abs(one.videoOffset().getAsLong() - other.videoOffset().getAsLong()));
        }
        if (one.audioOffset().isPresent() && other.audioOffset().isPresent()) {
            return OptionalLong.of(Math.abs(one.audioOffset().getAsLong() - other.audioOffset().getAsLong()));
        }
        return OptionalLong.empty();
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void invariant40_audioAndVideoStayAsFarApartAsTheyWere(@ForAll("restlessStreams") Stream stream) {
        Script script = stream.run();
        TsReader reader = script.play.check(new TsCheck().lateVideo());
        OptionalLong videoOffset = OptionalLong.empty();
        int timeline = -1;
        for (int i = 0; i < script.play.segments.size(); i++) {
            if (i == 0 || script.play.segments.get(i).discontinuity()) {
                timeline = i;
                videoOffset = SegmentLook.of(i, script, reader, Optional.empty()).videoOffset();
            }
            for (TsPes pes : audioOf(i, reader)) {
                long offset = pes.pts() - script.sentAudio.get(pes.adtsFrames().get(0).raw()).millis() * 90;
                long off = videoOffset.isPresent() ? Math.abs(offset - videoOffset.getAsLong()) : 0;
                // The first frame of a timeline says where the others are; its time and theirs jitter.
                long frameTicks = 1024 * Play.SECOND / pes.adtsFrames().get(0).sampleRateHz();
                // The count of samples goes on over what is missing, up to half a second.
                long tolerance = Play.SECOND / 2 + frameTicks + 2 * 90L * stream.jitterMillis() + 90;
                String text = "40: off by " + off + " of " + tolerance + " in " + pes + ", timeline from segment " + timeline;
                assertTrue(off <= tolerance, text);
            }
        }
    }

    private static List<TsPes> audioOf(int segment, TsReader reader) {
        return reader.aac().stream().filter(pes -> pes.segment() == segment).toList();
    }

    @Provide
    Arbitrary<Stream> anyStreams() {
        return StreamSamples.any();
    }

    @Provide
    Arbitrary<Stream> restlessStreams() {
        return StreamSamples.restless();
    }
}
