package dev.millrace.rtmp.connection;

import dev.millrace.media.MediaKind;
import java.time.Duration;

/** Messages of a small stream: bytes that say what they are, and nothing that could be decoded. */
final class TestMedia {

    /** AVC sequence header with a configuration record of 11 bytes. */
    static final String VIDEO_HEADER = "17 00 000000 0142c01e ffe1 0001 67 00";

    static final String AUDIO_HEADER = "af00 1210";
    static final String KEYFRAME = "17 01 000000 00000002 6588";
    static final String FRAME = "27 01 000000 00000002 4199";
    static final String AUDIO = "af01 210049";

    private TestMedia() {}

    static String line(char kind, int timestampMillis, String hex) {
        return kind + "" + timestampMillis + " " + hex.replace(" ", "");
    }

    static void headers(TestClient publisher) {
        publisher.send(MediaKind.VIDEO, 0, VIDEO_HEADER);
        publisher.send(MediaKind.AUDIO, 0, AUDIO_HEADER);
    }

    /** A keyframe of a given size. */
    static String keyframe(int bytes) {
        return "17 01 000000" + "65".repeat(bytes - 5);
    }

    /** A frame a second for some seconds, a keyframe every so many. */
    static void seconds(Stage stage, TestClient publisher, int from, int to, int keyframeEvery) {
        for (int second = from; second < to; second++) {
            publisher.send(MediaKind.VIDEO, second * 1000, second % keyframeEvery == 0 ? KEYFRAME : FRAME);
            stage.advance(Duration.ofSeconds(1));
        }
    }
}
