package dev.millrace.rtmp.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.media.FrameRole;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import dev.millrace.media.StreamHeaders;
import dev.millrace.rtmp.stream.FrameRing.Entry;
import dev.millrace.rtmp.stream.SubscribeOptions.Tracks;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which tracks, in which form. */
class FrameSelectorTest {

    private static final String LEGACY_AVC = "17 00 000000 0164";
    private static final String ENHANCED_AVC = "90 61766331 0164";
    private static final String HEVC = "90 68766331 0101";
    private static final String LEGACY_AAC = "af 00 1210";
    private static final String ENHANCED_AAC = "90 6d703461 1210";
    private static final String OPUS = "90 4f707573 4f70";

    private final TestStream test = new TestStream(TestStream.AT_ONCE);

    @AfterEach
    void nothingIsHeld() {
        test.close();
    }

    // Columns: sequence header of track 0, what is published, what a player gets of it. "same" is unchanged, "-" nothing.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            VIDEO, coded                        | 17 00 000000 0164     | 17 01 000000 65                  | same
            VIDEO, enhanced coded               | 90 61766331 0164      | 91 61766331 000000 65            | 17 01 000000 65
            VIDEO, one track, not 0             | 17 00 000000 0164     | 96 01 61766331 01 000000 65      | -
            VIDEO, one track 0                  | 90 61766331 0164      | 96 01 61766331 00 000000 65      | 17 01 000000 65
            VIDEO, many tracks                  | 90 61766331 0164      | 96 11 61766331 00 000004 000000 65 01 000004 000000 66 | 17 01 000000 65
            VIDEO, many tracks of HEVC          | 90 68766331 0101      | 96 13 68766331 01 000001 66 00 000001 65 | 93 68766331 65
            VIDEO, many tracks without 0        | 90 68766331 0101      | 96 13 68766331 02 000001 66 01 000001 65 | -
            VIDEO, colours, legacy              | 17 00 000000 0164     | d4 61766331 0200                 | -
            VIDEO, colours, enhanced AVC        | 90 61766331 0164      | d4 61766331 0200                 | -
            VIDEO, colours, HEVC                | 90 68766331 0101      | d4 68766331 0200                 | same
            VIDEO, command, legacy              | 17 00 000000 0164     | 57 00                            | same
            VIDEO, enhanced command, legacy     | 17 00 000000 0164     | d1 00                            | -
            VIDEO, enhanced command, AVC        | 90 61766331 0164      | d1 00                            | -
            VIDEO, enhanced command, HEVC       | 90 68766331 0101      | d1 00                            | same
            AUDIO, coded                        | af 00 1210            | af 01 11                         | same
            AUDIO, enhanced coded               | 90 6d703461 1210      | 91 6d703461 11                   | af 01 11
            AUDIO, Opus                         | 90 4f707573 4f70      | 91 4f707573 11                   | same
            AUDIO, one track, not 0             | 90 4f707573 4f70      | 95 01 4f707573 02 11             | -
            AUDIO, many tracks                  | 90 4f707573 4f70      | 95 11 4f707573 00 000001 11 01 000001 22 | 91 4f707573 11
            AUDIO, layout, legacy               | af 00 1210            | 94 6d703461 01 02                | -
            AUDIO, layout, enhanced AAC         | 90 6d703461 1210      | 94 6d703461 01 02                | -
            AUDIO, layout, Opus                 | 90 4f707573 4f70      | 94 4f707573 01 02                | same
            """)
    void aPlayerGetsTheDefaultTrack(String name, String header, String message, String expected) {
        boolean video = name.startsWith("VIDEO");
        MediaFrame headerFrame = video ? Frames.video(0, header) : Frames.audio(0, header);
        MediaFrame frame = video ? Frames.video(40, message) : Frames.audio(40, message);
        StreamHeaders headers = StreamHeaders.EMPTY.with(headerFrame);
        assertEquals(expected.equals("same") ? plainHex(message) : expected.equals("-") ? "" : plainHex(expected), selected(Tracks.DEFAULT, headers, frame));
        assertEquals(plainHex(message), selected(Tracks.ALL, headers, frame));
    }

    /** As hexadecimal; both a frame itself, and a configuration among the headers of a frame of the other kind. */
    private static String selected(Tracks tracks, StreamHeaders headers, MediaFrame frame) {
        List<MediaFrame> out = new ArrayList<>();
        StreamHeaders sent = headers;
        MediaFrame next = frame;
        StreamHeaders inForce = headers;
        if (frame.role() == FrameRole.CONFIGURATION) {
            inForce = headers.with(frame);
            next = frame.kind() == MediaKind.VIDEO ? Frames.audio(40) : Frames.inter(40);
        }
        FrameSelector selector = new FrameSelector(new Wants(true, true, tracks), new Place(0, /* waitingForKeyframe= */ false, sent));
        selector.select(new Entry(0, 40, next, inForce, 0), out);
        if (next != frame) {
            out.remove(out.size() - 1);
        }
        out.forEach(given -> assertEquals(40, given.timestampMillis()));
        return out.isEmpty() ? "" : HexFormat.of().formatHex(out.get(0).toByteArray());
    }

    private static String plainHex(String hex) {
        return hex.replaceAll("\\s", "");
    }

    @Test
    void headersComeInTheFormOfTheSubscriber() {
        RecordingSubscriber all = test.joined();
        RecordingSubscriber player = test.joined(SubscribeOptions.PLAYER);
        all.take();
        player.take();
        // Sequence headers of many tracks in one message, then frames of both.
        test.deliver(
                Frames.video(0, "96 10 61766331 00 000002 0164 01 000002 0165"),
                Frames.video(40, "96 11 61766331 00 000004 000000 65 01 000004 000000 66"),
                Frames.video(80, "96 01 61766331 01 000000 41"));
        assertEquals("VH100@40 VH101#1@40 K40 K#180 batch", all.take());
        assertEquals("VH100@40 K40 batch", player.take());
        assertEquals(2, test.stream.headers().tracks().size());
    }

    @Test
    void videoThatCannotBeDecodedYetIsPassedOverOnEveryTrack() {
        test.publish(Frames.video(0, LEGACY_AVC), Frames.audio(0, LEGACY_AAC));
        RecordingSubscriber subscriber = test.joined();
        subscriber.take();
        test.deliver(Frames.video(0, "96 01 61766331 01 000000 65"), Frames.inter(0), Frames.audio(10), Frames.key(40),
                Frames.video(40, "96 01 61766331 01 000000 65"), Frames.inter(80));
        assertEquals("A10 K40 K#140 P80 batch", subscriber.take());
    }

    @Test
    void whatIsNotWantedIsNotPassedOver() {
        StreamHeaders headers = StreamHeaders.EMPTY.with(Frames.video(0, ENHANCED_AVC)).with(Frames.audio(0, ENHANCED_AAC));
        FrameSelector selector = new FrameSelector(new Wants(true, false, Tracks.ALL), Place.of(0, /* waitingForKeyframe= */ true));
        List<MediaFrame> out = new ArrayList<>();
        assertEquals(true, selector.select(new Entry(0, 0, Frames.key(0), headers, 0), out));
        assertEquals(true, selector.select(new Entry(1, 0, Frames.inter(0), headers, 0), out));
        assertEquals(List.of(), out);
        assertEquals(Place.of(2, /* waitingForKeyframe= */ true), selector.placeAt(2));
        assertEquals(true, selector.select(new Entry(2, 0, Frames.audio(7), headers, 0), out));
        assertEquals(List.of("AH16@7", "A7"), out.stream().map(Frames::text).toList());
        assertEquals(new Place(3, /* waitingForKeyframe= */ true, headers), selector.placeAt(3));
    }

    @Test
    void anHevcAndOpusStreamGoesThroughUnchanged() {
        test.publish(Frames.video(0, HEVC), Frames.audio(0, OPUS), Frames.video(0, "91 68766331 000000 26"), Frames.audio(10, "91 4f707573 11"));
        RecordingSubscriber player = test.joined(SubscribeOptions.PLAYER);
        RecordingSubscriber all = test.joined();
        assertEquals("start[VH1, AH112] K0 A10 batch", player.take());
        assertEquals("start[VH1, AH112] K0 A10 batch", all.take());
    }
}
