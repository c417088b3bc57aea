package dev.millrace.hls.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.FlvFrames;
import dev.millrace.hls.segment.StreamSamples.Stream;
import dev.millrace.hls.testkit.TsCheck;
import dev.millrace.hls.testkit.TsPes;
import dev.millrace.hls.testkit.TsReader;
import dev.millrace.hls.ts.TsOptions;
import dev.millrace.media.Bytes;
import dev.millrace.media.FrameRole;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Streams made at random, of publishers that behave and of others; the segments are read by a reader that knows nothing of the code under
 * test.
 */
class SegmenterPropertyTest {

    @Property(tries = 600, edgeCases = EdgeCasesMode.NONE)
    void invariants4_5_10_17_18_51_segmentsOfAnyStreamFitIntoAPlaylist(@ForAll("anyStreams") Stream stream) {
        Script script = stream.run();
        SegmentListCheck.check(script.play);
        int most = StreamSamples.OPTIONS.maxSegmentBytes();
        assertTrue(script.play.segments.stream().allMatch(segment -> segment.size() <= most), "51");
        checkDurations(script.play, TsReader.read(script.play.bytes));
    }

    @Property(tries = 600, edgeCases = EdgeCasesMode.NONE)
    void invariants27_28_29_30_31_32_33_34_35_36_37_39_segmentsOfAnyStreamAreLegal(@ForAll("anyStreams") Stream stream) {
        Script script = stream.run();
        checkContent(script, script.play.check(new TsCheck().lateVideo()));
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void invariants18_36_40_nothingOfAGoodStreamIsLostOrMoved(@ForAll("goodStreams") Stream stream) {
        Script script = stream.run();
        TsReader reader = script.play.check();
        assertTrue(script.play.segments.stream().noneMatch(Segment::discontinuity), "11");
        assertEquals(script.video, videoOf(reader), "36");
        int early = script.audio.size() - reader.aacFrames().size();
        assertTrue(early <= (stream.jitterMillis() > 0 ? 1 : 0), "36: " + early + " frames of audio are missing");
        assertEquals(script.audio.subList(early, script.audio.size()), reader.aacFrames(), "36");
        checkSkew(script, reader, 1024 * Play.SECOND / 44_100 + stream.jitterMillis() * 90L + 90);
    }

    /** 36: what comes out went in, byte for byte, and in that order. */
    private static void checkContent(Script script, TsReader reader) {
        int last = -1;
        for (Bytes unit : videoOf(reader)) {
            assertTrue(script.sentVideo.containsKey(unit) || unit.size() < 6, "36: " + unit + " was never sent");
            int at = script.video.indexOf(unit);
            assertTrue(at < 0 || at > last, "36: " + unit + " is out of order");
            last = Math.max(last, at);
        }
        for (Bytes raw : reader.aacFrames()) {
            assertTrue(script.sentAudio.containsKey(raw), "36: " + raw + " was never sent");
        }
    }

    private static List<Bytes> videoOf(TsReader reader) {
        return reader.video().stream().flatMap(pes -> pes.nalUnits().stream()).filter(unit -> (unit.byteAt(0) & 0x1F) < 6).toList();
    }

    /** 18: durations are those of the video, or of the audio where there is no video. */
    private static void checkDurations(Play play, TsReader reader) {
        for (TsPes pes : reader.pesPackets()) {
            Segment segment = play.segments.get(pes.segment());
            boolean leads = pes.pid() == reader.tables().get(pes.segment()).pcrPid();
            long base = segment.startTicks() - (segment.startTicks() & 0x1_FFFF_FFFFL);
            long start = segment.startTicks();
            long end = start + segment.durationTicks();
            long dts = near(pes.dts() + base, start);
            if (leads && pes.streamId() >> 4 == 0xE) {
                assertTrue(dts >= start && dts < end, "18: " + dts + " of " + pes + " is not in " + start + " to " + end);
            }
        }
    }

    private static long near(long ticks, long wanted) {
        return wanted + ((ticks - wanted) << 31 >> 31);
    }

    /** 40: audio and video are as far apart as they were. */
    private static void checkSkew(Script script, TsReader reader, long tolerance) {
        if (script.video.isEmpty()) {
            return;
        }
        TsPes first = reader.video().get(0);
        long videoOffset = first.dts() - script.sentVideo.get(videoOf(reader).get(0)).millis() * 90;
        for (TsPes pes : reader.video()) {
            Bytes unit = pes.nalUnits().get(pes.nalUnits().size() - 1);
            assertEquals(videoOffset, pes.dts() - script.sentVideo.get(unit).millis() * 90, "18: video keeps its times");
        }
        for (TsPes pes : reader.aac()) {
            long audioOffset = pes.pts() - script.sentAudio.get(pes.adtsFrames().get(0).raw()).millis() * 90;
            assertTrue(Math.abs(audioOffset - videoOffset) <= tolerance, "40: off by " + (audioOffset - videoOffset) + " in " + pes);
        }
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void invariant50_anyMessagesAreSkippedOrWrittenButNeverThrown(@ForAll("messages") List<byte[]> messages) {
        SegmenterOptions options = SegmenterOptions.DEFAULT.withMaxSegmentBytes(1 << 20)
                .withTimedMetadata(true)
                .withFirstTicks(0)
                .withLateTrackWait(Duration.ZERO);
        Play play = new Play(options, TsOptions.DEFAULT.withHevc(true).withAc3(true), OptionalInt.empty());
        play.begin();
        long millis = 0;
        long coded = 0;
        for (byte[] message : messages) {
            millis += 30;
            play.nowMillis += 30;
            for (MediaFrame frame : framesOf(millis, message)) {
                play.frames(frame);
                coded += frame.kind() == MediaKind.VIDEO && frame.role() == FrameRole.CODED ? 1 : 0;
            }
        }
        play.end();
        SegmentListCheck.check(play);
        // What is in a NAL unit is the sender's; packets, tables and PES packets must be right all the same.
        TsReader reader = TsReader.read(play.bytes);
        assertTrue(coded <= reader.video().size() + play.segmenter.statistics().skipped(), "50: a frame is neither written nor counted");
    }

    private static List<MediaFrame> framesOf(long millis, byte[] message) {
        List<MediaFrame> frames = new ArrayList<>();
        try {
            frames.add(FlvFrames.video(millis, message.clone()));
        } catch (MalformedException e) {
            // Not a video message: nobody would hand it on.
            frames.clear();
        }
        try {
            frames.add(FlvFrames.audio(millis, message.clone()));
        } catch (MalformedException e) {
            // Not an audio message either.
            return frames;
        }
        return frames;
    }

    @Provide
    Arbitrary<Stream> anyStreams() {
        return StreamSamples.any();
    }

    @Provide
    Arbitrary<Stream> goodStreams() {
        return StreamSamples.good();
    }

    /** Legal messages by name, with a byte flipped, cut off, or with something else behind them. */
    @Provide
    Arbitrary<List<byte[]>> messages() {
        Arbitrary<byte[]> legal = Arbitraries.of(LEGAL).map(Messages::hex);
        Arbitrary<byte[]> flipped = Combinators.combine(legal, Arbitraries.integers().between(0, 63), Arbitraries.bytes())
                .as((message, at, value) -> {
                    message[at % message.length] = value;
                    return message;
                });
        Arbitrary<byte[]> cut = Combinators.combine(legal, Arbitraries.integers().between(1, 63))
                .as((message, length) -> Arrays.copyOf(message, 1 + length % message.length));
        Arbitrary<byte[]> opened = Combinators.combine(legal, Arbitraries.bytes().array(byte[].class).ofMaxSize(40)).as((message, rest) -> {
            int kept = Math.min(message.length, 6);
            byte[] joined = Arrays.copyOf(message, kept + rest.length);
            System.arraycopy(rest, 0, joined, kept, rest.length);
            return joined;
        });
        return Arbitraries.frequencyOf(
                        Tuple.of(5, legal), Tuple.of(3, flipped), Tuple.of(1, cut), Tuple.of(1, opened))
                .list().ofMinSize(5).ofMaxSize(80);
    }

    private static final String[] LEGAL = {
        "1700000000 0164000cffe1001a6764000cacd941419f9f011000000300100000030140f142996001000468ef8fcbfdf8f800",
        "1701000000 00000002 6588", "2701000000 00000002 4188", "1701000000 00000001 6588", "1702000000", "57 00",
        "1701000000 00000001 65 00000001 41",
        "1701800000 0000001a 6764000cacd941419f9f011000000300100000030140f1429960 00000004 68ef8fcb 00000002 6588",
        "93 68766331 00000002 2601", "83 68766331 00000002 2601", "91 68766331 000010 00000003 260180", "93 61766331 00000002 6588",
        "96 01 61766331 01 000000 00000002 6588", "96 11 61766331 00 000009 000000 00000002 6588 01 000009 000000 00000002 6588",
        "97 02 07a120 03 68766331 00000002 2601", "1701000000 00000001 09 00000003 0c ffff 00000002 6588", "2701000000 00000001 0000000141",
        "af001210", "af012110", "af00 2b920800", "af00 1190", "2f fffb9064 00000000", "2f fff3 4464 00000000", "b2 80",
        "90 6d703461 1210", "91 6d703461 21",
        "91 61632d33 0b77 0000 14 40 43", "95 11 6d703461 00 000002 2110 01 000001 21", "91 2e6d7033 fffb9064"
    };
}
