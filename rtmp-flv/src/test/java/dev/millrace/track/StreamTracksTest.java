package dev.millrace.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.FlvFrames;
import dev.millrace.flv.FlvReader;
import dev.millrace.flv.FlvTag;
import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.Bytes;
import dev.millrace.media.Codec;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.StreamHeaders;
import io.netty.buffer.Unpooled;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamTracksTest {

    /** AVC High, 320 x 180, 25 frames a second. */
    private static final String AVC_HEADER = "1700000000 0164000cffe1001a6764000cacd941419f9f011000000300100000030140f142996001000468ef8fcbfdf8f800";

    private final StreamTracks tracks = new StreamTracks();

    static List<MediaFrame> frames(String file) throws Exception {
        FlvReader reader = new FlvReader();
        try (InputStream in = StreamTracksTest.class.getResourceAsStream("/media/" + file + ".flv")) {
            reader.append(Unpooled.wrappedBuffer(in.readAllBytes()));
        }
        reader.end();
        List<MediaFrame> frames = new ArrayList<>();
        for (Optional<FlvTag> tag = reader.read(); tag.isPresent(); tag = reader.read()) {
            try {
                frames.add(tag.get().toFrame());
            } catch (MalformedException e) {
                assertTrue(e.getMessage().contains("FLAC CODED is empty"), e.getMessage());
            }
        }
        return frames;
    }

    private static MediaFrame video(long millis, String hex) throws MalformedException {
        return FlvFrames.video(millis, TrackedBuffers.bytes(hex));
    }

    private static MediaFrame audio(long millis, String hex) throws MalformedException {
        return FlvFrames.audio(millis, TrackedBuffers.bytes(hex));
    }

    // Sizes, profiles and rates as FFmpeg 8's ffprobe -show_streams says.
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(textBlock = """
            avc-high-bframes-aac,     0, AVC,  avc1.64001e,      High,                 640, 360, 25
            avc-baseline-no-audio,    0, AVC,  avc1.42c01e,      Constrained Baseline, 640, 360, 25
            avc-two-video-tracks-aac, 0, AVC,  avc1.64001e,      High,                 640, 360, 25
            avc-two-video-tracks-aac, 1, AVC,  avc1.64000c,      High,                 320, 180, 25
            hevc-aac,                 0, HEVC, hvc1.1.6.L63.90,  Main,                 640, 360, 25
            av1-opus,                 0, AV1,  av01.0.01M.08,    Main,                 640, 360, 25
            vp9-flac,                 0, VP9,  vp09.00.21.08,    Profile 0,            640, 360, 25
            """)
    void knowsVideo(String file, int trackId, Codec codec, String codecString, String profile, int width, int height, int rate)
            throws Exception {
        frames(file).forEach(tracks::onFrame);
        VideoTrack track = (VideoTrack) tracks.tracks().get(trackId);
        assertEquals(trackId, track.trackId());
        assertEquals(codec, track.codec());
        assertTrue(track.codecString().orElseThrow().startsWith(codecString), track::toString);
        assertEquals(Optional.of(profile), track.profile());
        assertEquals(width, track.width());
        assertEquals(height, track.height());
        assertEquals(rate, track.framesPerSecond().orElseThrow(), 1.0);
        assertTrue(track.kilobitsPerSecond().orElseThrow() > 50, track::toString);
        assertEquals(0, tracks.brokenMessages());
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(textBlock = """
            aac-only,                 0, AAC,  mp4a.40.2,  LC, 48000, 1
            avc-high-bframes-aac,     0, AAC,  mp4a.40.2,  LC, 48000, 2
            avc-aac-two-audio-tracks, 1, AAC,  mp4a.40.2,  LC, 48000, 1
            av1-opus,                 0, OPUS, opus,       '', 48000, 1
            vp9-flac,                 0, FLAC, fLaC,       '', 48000, 1
            avc-ac3,                  0, AC3,  ac-3,       '', 48000, 1
            mp3-only,                 0, MP3,  mp4a.40.34, '', 44100, 1
            """)
    void knowsAudio(String file, int trackId, Codec codec, String codecString, String profile, int rate, int channels) throws Exception {
        frames(file).forEach(tracks::onFrame);
        AudioTrack track = tracks.tracks().stream()
                .filter(AudioTrack.class::isInstance)
                .map(AudioTrack.class::cast)
                .filter(one -> one.trackId() == trackId)
                .findFirst()
                .orElseThrow();
        assertEquals(codec, track.codec());
        assertEquals(Optional.of(codecString), track.codecString());
        assertEquals(profile, track.profile().orElse(""));
        assertEquals(rate, track.sampleRateHz());
        assertEquals(channels, track.channels());
        assertTrue(track.kilobitsPerSecond().orElseThrow() > 30, track::toString);
    }

    @Test
    void startsWithTheHeadersOfALiveStream() throws Exception {
        tracks.onStart(StreamHeaders.EMPTY.with(video(0, AVC_HEADER)).with(audio(0, "af001210")));
        assertEquals(320, tracks.video().orElseThrow().width());
        assertEquals(44_100, tracks.audio().orElseThrow().sampleRateHz());
        assertEquals(OptionalInt.empty(), tracks.video().orElseThrow().kilobitsPerSecond());
    }

    @Test
    void aRepeatedHeaderIsNoChange() throws Exception {
        tracks.onFrame(video(0, AVC_HEADER));
        List<Track> before = tracks.tracks();
        tracks.onFrame(video(900, AVC_HEADER));
        assertSame(before, tracks.tracks());
    }

    @Test
    void anotherCodecForgetsTheOldOne() throws Exception {
        tracks.onFrame(video(0, AVC_HEADER));
        tracks.onFrame(video(40, "91 76703039 824983420027f0167600"));
        VideoTrack track = tracks.video().orElseThrow();
        assertEquals(Codec.VP9, track.codec());
        assertEquals(Bytes.EMPTY, track.format().configuration());
        assertEquals(640, track.width());
    }

    @Test
    void whatAKeyframeCarriesCountsMoreThanTheHeaderBefore() throws Exception {
        String baseline = AVC_HEADER.replace("0164000c", "0142c00c");
        tracks.onFrame(video(0, baseline));
        String sps = "6764000cacd941419f9f011000000300100000030140f14299 60".replace(" ", "");
        tracks.onFrame(video(40, "1701000000 0000001a" + sps + "00000002 6588"));
        assertEquals(Optional.of("avc1.64000c"), tracks.video().orElseThrow().codecString());
    }

    @Test
    void codecsWithoutHeaderAreKnownByTheirTag() throws Exception {
        tracks.onFrame(audio(0, "72 00"));
        AudioTrack track = tracks.audio().orElseThrow();
        assertEquals(Codec.G711_ALAW, track.codec());
        assertEquals(8_000, track.sampleRateHz());
    }

    @Test
    void brokenHeadersAreCountedAndLeaveTheTrack() throws Exception {
        tracks.onFrame(video(0, "1700000000 0164000cff"));
        assertEquals(1, tracks.brokenMessages());
        assertEquals(Codec.AVC, tracks.video().orElseThrow().codec());
        assertEquals(0, tracks.video().orElseThrow().width());
    }

    @Test
    void measuresRatesOnTheStreamsOwnClock() throws Exception {
        tracks.onFrame(video(0, AVC_HEADER.replace("f14299", "f04299")));
        String body = "01000000" + "00".repeat(1_250);
        for (int i = 0; i <= 100; i++) {
            tracks.onFrame(video(1_000_000 + 40 * i, (i % 50 == 0 ? "17" : "27") + body));
        }
        VideoTrack track = tracks.video().orElseThrow();
        assertEquals(OptionalInt.of(250), track.kilobitsPerSecond());
        assertEquals(OptionalLong.of(2_000), track.keyframeIntervalMillis());
        tracks.onFrame(video(5, "17" + body));
        tracks.onFrame(video(1_100, "27" + body));
        assertEquals(OptionalInt.of(10), tracks.video().orElseThrow().kilobitsPerSecond(), "measured anew after a jump");
    }

    @Test
    void measuresTheFrameRateWhereNoHeaderSaysIt() throws Exception {
        for (int i = 0; i <= 60; i++) {
            tracks.onFrame(video(50 * i, i == 0 ? "12 00" : "22 00"));
        }
        assertEquals(OptionalDouble.of(20), tracks.video().orElseThrow().framesPerSecond());
    }

    @Test
    void keepsSixteenTracks() throws Exception {
        for (int id = 0; id < 20; id++) {
            tracks.onFrame(video(0, String.format("96 01 61766331 %02x 000000 00000002 6588", id)));
        }
        assertEquals(16, tracks.tracks().size());
    }
}
