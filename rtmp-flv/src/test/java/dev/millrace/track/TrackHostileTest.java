package dev.millrace.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.amf.AmfEcmaArray;
import dev.millrace.flv.DataMessages;
import dev.millrace.flv.FlvFrames;
import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.Bytes;
import dev.millrace.media.Codec;
import dev.millrace.media.FrameInfo;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaFrame;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cases 55, 56, 59 to 62, 66, 67 and 70 of rtmp-core/HOSTILE-INPUTS.md, which are about what is known of a track. */
class TrackHostileTest {

    private static final String SPS_180 = "6764000cacd941419f9f011000000300100000030140f1429960";
    private static final String SPS_360 = "6764001eacd940a02ff97011000003000100000300320f162d96";
    private static final String PPS = "68ef8fcb";
    private static final String KEY = "1701000000 00000002 6588";
    private static final String INTER = "2701000000 00000002 4188";

    private final StreamTracks tracks = new StreamTracks();
    private final LatestKeyframe latest = new LatestKeyframe();

    private static MediaFrame video(long millis, String hex) throws MalformedException {
        return FlvFrames.video(millis, TrackedBuffers.bytes(hex));
    }

    private static String header(String sps) {
        return "1700000000 01" + sps.substring(2, 8) + "ffe1001a" + sps + "010004" + PPS + "fdf8f800";
    }

    private void send(long millis, String hex) throws MalformedException {
        MediaFrame frame = video(millis, hex);
        tracks.onFrame(frame);
        latest.onFrame(frame);
    }

    // Case 55: a header that cannot be parsed is counted, and leaves the format in force. One without a readable SPS says nothing of the pictures.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            5 bytes        | 1 | 320 | 0164000cff
            version 0      | 1 | 320 | 0064000cffe1001a6764000cacd941419f9f011000000300100000030140f142996001000468ef8fcb
            lengths of 3   | 1 | 320 | 0164000cfee1001a6764000cacd941419f9f011000000300100000030140f142996001000468ef8fcb
            31 SPS missing | 1 | 320 | 0164000cffff001a6764000cacd941419f9f011000000300100000030140f142996001000468ef8fcb
            no SPS         | 0 |   0 | 0164000cffe000
            SPS of zeros   | 0 |   0 | 0164000cffe10008670000000000000001000468ef8fcb
            """)
    void case55ABrokenHeaderIsCountedAndTheStreamGoesOn(String name, int broken, int width, String record) throws Exception {
        tracks.onFrame(video(0, header(SPS_180)));
        tracks.onFrame(video(40, "1700000000" + record));
        assertEquals(broken, tracks.brokenMessages());
        assertEquals(width, tracks.video().orElseThrow().width());
        tracks.onFrame(video(80, header(SPS_180)));
        assertEquals(320, tracks.video().orElseThrow().width());
        assertEquals(broken, tracks.brokenMessages());
    }

    // Case 56: the rest of the unit is dropped, so that the picture cannot be shown; start codes are read.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            greatest length     | ffffffff 6588                   | 1
            length past the end | 00000003 6588                   | 1
            1 byte missing      | 00000002 6588 00000002 65       | 1
            zeros as padding    | 00000002 6588 000000            | 0
            only empty units    | 00000000 00000000               | 1
            start codes         | 00000001 0910 00000001 65880405 | 0
            """)
    void case56AKeyframeWithBrokenLengthsIsCounted(String name, String units, int broken) throws Exception {
        send(0, header(SPS_180));
        send(40, "1701000000" + units);
        assertEquals(broken, latest.brokenKeyframes());
        assertEquals(broken == 0, latest.get().isPresent());
        assertEquals(broken, tracks.brokenMessages());
        assertEquals(320, tracks.video().orElseThrow().width());
    }

    // Case 59: frames before their sequence header are known by their codec, and are not kept for later.
    @Test
    void case59FramesBeforeTheirHeaderMakeATrackWithoutFacts() throws Exception {
        for (int i = 0; i < 100; i++) {
            send(40 * i, i % 25 == 0 ? KEY : INTER);
        }
        VideoTrack before = tracks.video().orElseThrow();
        assertEquals(Codec.AVC, before.codec());
        assertEquals(0, before.width());
        assertEquals(Optional.empty(), before.codecString());
        assertEquals(Optional.empty(), latest.get());
        assertEquals(4, latest.brokenKeyframes());
        send(4_000, header(SPS_180));
        assertEquals(320, tracks.video().orElseThrow().width());
        assertEquals(Optional.empty(), latest.get());
        send(4_000, KEY);
        assertEquals(4_000, latest.get().orElseThrow().timestampMillis());
    }

    // Case 59: what holds is the newest header, however often it changes.
    @Test
    void case59AHeaderThatChangesWithEachFrameIsFollowed() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            boolean small = i % 2 == 0;
            send(40 * i, header(small ? SPS_180 : SPS_360));
            send(40 * i, KEY);
            assertEquals(small ? 320 : 640, tracks.video().orElseThrow().width());
            assertEquals(small ? 320 : 640, latest.get().orElseThrow().width());
        }
        assertEquals(1, tracks.tracks().size());
        assertEquals(0, tracks.brokenMessages());
        assertEquals(OptionalLong.of(40), tracks.video().orElseThrow().keyframeIntervalMillis());
    }

    // Case 59: a resolution that changes inside the frames, without any header.
    @Test
    void case59AResolutionThatChangesWithEachKeyframeIsFollowed() throws Exception {
        send(0, header(SPS_180));
        for (int i = 0; i < 1_000; i++) {
            boolean small = i % 2 == 0;
            send(40 * i, "1701000000 0000001a" + (small ? SPS_180 : SPS_360) + "00000004" + PPS + "00000002 6588");
            assertEquals(small ? 180 : 360, tracks.video().orElseThrow().height());
            assertEquals(small ? 180 : 360, latest.get().orElseThrow().height());
        }
        assertEquals(1, tracks.tracks().size());
        assertEquals(0, tracks.brokenMessages() + latest.brokenKeyframes());
    }

    // Case 60: a quarter of an hour at most, and the sign is kept.
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(textBlock = """
            0,           800000, 0
            0,           7fffff, 0
            0,           0dbba0, 900000
            0,           0dbba1, 0
            5000,        ffffd8, 4960
            4294967295,  0dbba0, 4295867295
            -2147483648, 800000, -2147483648
            """)
    void case60ExtremeCompositionTimesAreLeftOut(long millis, String composition, long shown) throws Exception {
        send(millis, header(SPS_180));
        send(millis, "1701" + composition + "00000002 6588");
        assertEquals(shown, latest.get().orElseThrow().timestampMillis());
    }

    // Case 60: rates are those of the decoding times, which stand still.
    @Test
    void case60DecodingTimesThatStandStillGiveNoRate() throws Exception {
        for (int i = 0; i < 10_000; i++) {
            send(1_000, String.format("2701%06x 00000002 4188", i));
        }
        VideoTrack track = tracks.video().orElseThrow();
        assertEquals(OptionalDouble.empty(), track.framesPerSecond());
        assertEquals(OptionalInt.empty(), track.kilobitsPerSecond());
        assertEquals(OptionalLong.empty(), track.keyframeIntervalMillis());
    }

    // Case 61: ten minutes without a keyframe.
    @Test
    void case61WithoutKeyframesThereIsNoIntervalAndNoPicture() throws Exception {
        for (int i = 0; i < 15_000; i++) {
            send(40 * i, INTER);
        }
        assertEquals(OptionalLong.empty(), tracks.video().orElseThrow().keyframeIntervalMillis());
        assertEquals(25, tracks.video().orElseThrow().framesPerSecond().orElseThrow());
        assertEquals(Optional.empty(), latest.get());
        assertEquals(0, latest.brokenKeyframes());
    }

    // Case 61: nothing but keyframes, ten thousand a second.
    @Test
    void case61TenThousandKeyframesASecondAreMeasured() throws Exception {
        send(0, header(SPS_180));
        for (int i = 0; i <= 20_000; i++) {
            send(i / 10, i % 2 == 0 ? KEY : KEY.replace("6588", "6589"));
        }
        assertEquals(2_000, latest.get().orElseThrow().timestampMillis());
        assertTrue(latest.get().orElseThrow().accessUnit().size() < 100, "one picture is kept");
        StreamTracks unsaid = new StreamTracks();
        for (int i = 0; i <= 20_000; i++) {
            unsaid.onFrame(video(i / 10, KEY));
        }
        assertEquals(OptionalDouble.of(10_000), unsaid.video().orElseThrow().framesPerSecond());
        assertEquals(OptionalInt.of(480), unsaid.video().orElseThrow().kilobitsPerSecond());
        assertEquals(OptionalLong.of(1), unsaid.video().orElseThrow().keyframeIntervalMillis());
    }

    // Case 62, for what is a hint at most: tracks are what their headers say.
    @ParameterizedTest
    @CsvSource({"NaN", "-1", "Infinity", "1e300", "0"})
    void case62MetadataSayNothingOfTracks(double said) throws Exception {
        AmfEcmaArray properties = AmfEcmaArray.builder()
                .put("framerate", said)
                .put("width", said)
                .put("height", said)
                .put("videocodecid", said)
                .put("audiosamplerate", said)
                .put("encoder", "x".repeat(60_000))
                .build();
        MediaFrame metadata = DataMessages.frame(0, DataMessages.metadata(properties));
        tracks.onFrame(metadata);
        assertEquals(List.of(), tracks.tracks());
        tracks.onFrame(video(0, header(SPS_180)));
        for (int i = 0; i < 10_000; i++) {
            tracks.onFrame(metadata);
            latest.onFrame(metadata);
        }
        VideoTrack track = tracks.video().orElseThrow();
        assertEquals(320, track.width());
        assertEquals(10, track.framesPerSecond().orElseThrow());
        assertEquals(1, tracks.tracks().size());
        assertEquals(0, tracks.brokenMessages());
    }

    // Case 62: metadata that a host made by hand, not even an object.
    @Test
    void case62MetadataAsANumberAreIgnored() {
        MediaFrame number = MediaFrame.takeOver(FrameInfo.METADATA, 0, TrackedBuffers.bytes("02 000a 6f6e4d65746144617461 00 3ff0000000000000"));
        tracks.onFrame(number);
        latest.onFrame(number);
        assertEquals(List.of(), tracks.tracks());
        assertEquals(0, tracks.brokenMessages());
    }

    // Case 66: another codec in each frame, never a header: still one track, of which only the newest codec is known.
    @Test
    void case66ACodecThatChangesWithoutAHeaderIsOneTrack() throws Exception {
        String[] frames = {
            KEY, "93 68766331 00000002 2601", "91 76703039 824983420027f0167600", "91 61763031 1200 3202 1000", "12 00",
            "91 76703038 1000009d012a4001b400"
        };
        Codec[] codecs = {Codec.AVC, Codec.HEVC, Codec.VP9, Codec.AV1, Codec.SORENSON_H263, Codec.VP8};
        for (int i = 0; i < 1_200; i++) {
            send(i, frames[i % frames.length]);
            VideoTrack track = tracks.video().orElseThrow();
            assertEquals(codecs[i % codecs.length], track.codec());
            assertEquals(Bytes.EMPTY, track.format().configuration());
        }
        assertEquals(1, tracks.tracks().size());
        assertEquals(320, tracks.video().orElseThrow().width());
    }

    // Case 67: with frame types that say nothing the payload does, and a command is no frame.
    @ParameterizedTest
    @CsvSource({"83", "e3", "f3"})
    void case67ReservedFrameTypesGiveKeyframesByTheirPayload(String first) throws Exception {
        send(0, "90 61766331" + header(SPS_180).substring(11));
        send(0, "d1 00");
        send(0, "d1");
        assertEquals(Optional.empty(), latest.get());
        send(40, first + "61766331 00000002 4188");
        assertEquals(Optional.empty(), latest.get());
        send(80, first + "61766331 00000002 6588");
        Bytes unit = latest.get().orElseThrow().accessUnit();
        assertEquals("000000016588", unit.slice(unit.size() - 6, 6).toString());
        assertEquals(0, tracks.brokenMessages() + latest.brokenKeyframes());
    }

    // Case 70: nobody here looks into colour information, so that objects in objects without end are bytes like others.
    @Test
    void case70ColoursThatAreABombChangeNothing() throws Exception {
        send(0, "90 68766331" + "01" + "00".repeat(22));
        List<Track> before = tracks.tracks();
        long broken = tracks.brokenMessages();
        send(0, "d4 68766331 02 0009 636f6c6f72496e666f" + "03 0001 61".repeat(100_000));
        assertSame(before, tracks.tracks());
        assertEquals(broken, tracks.brokenMessages());
    }
}
