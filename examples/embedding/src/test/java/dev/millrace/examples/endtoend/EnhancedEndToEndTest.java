package dev.millrace.examples.endtoend;

import dev.millrace.examples.endtoend.Packets.Times;
import dev.millrace.examples.endtoend.Stage.Playing;
import dev.millrace.rtmp.stream.StartPosition;
import dev.millrace.rtmp.stream.SubscribeOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** FFmpeg 8 publishes Enhanced RTMP. It plays all tracks with the play option for them, and Debian's players play the default ones without it. */
@Tag("endtoend")
class EnhancedEndToEndTest {

    @ParameterizedTest
    @ValueSource(strings = {"hevc-aac", "av1-opus", "vp9-flac", "avc-aac-two-audio-tracks", "avc-two-video-tracks-aac"})
    void allTracksArrive(String name, @TempDir Path folder) throws Exception {
        Tool ffmpeg8 = Tool.ffmpeg8();
        try (Stage stage = Stage.open(folder, SubscribeOptions.EVERYTHING)) {
            Path file = stage.media(name + ".flv");
            // rtmpdump shows that the bytes are the same for a player that does not read them.
            List<Playing> players = stage.play(Player.FFMPEG8, Player.RTMPDUMP);
            stage.publish(ffmpeg8, file).awaitSuccess();
            Packets sent = Packets.of(ffmpeg8, copiedBy(ffmpeg8, file));
            for (Playing playing : players) {
                sent.assertArrivedAt(playing.player(), playing.awaitPackets(ffmpeg8), Times.SAME);
            }
        }
    }

    @Test
    void playersOfOldGetTheDefaultTracks(@TempDir Path folder) throws Exception {
        Tool ffmpeg8 = Tool.ffmpeg8();
        try (Stage stage = Stage.open(folder, SubscribeOptions.PLAYER.withStart(StartPosition.FIRST_FRAME))) {
            Path file = stage.media("avc-aac-two-audio-tracks.flv");
            List<Playing> players = stage.play(Player.VLC, Player.FFMPEG, Player.RTMPDUMP, Player.GSTREAMER);
            stage.publish(ffmpeg8, file).awaitSuccess();
            Packets sent = Packets.of(ffmpeg8, file).only("audio 0", "video 0");
            for (Playing playing : players) {
                sent.assertArrivedAt(playing.player(), playing.awaitPackets(Tool.ffmpeg()), Times.SAME);
            }
        }
    }

    /** What FFmpeg makes of a file when it writes it again: it changes the colours in the configuration of VP9. */
    private static Path copiedBy(Tool ffmpeg8, Path file) throws IOException, InterruptedException {
        Path copy = file.resolveSibling("copy.flv");
        List<String> arguments = List.of("-v", "error", "-i", file.toString(), "-map", "0", "-c", "copy", copy.toString());
        try (RunningTool running = RunningTool.start(ffmpeg8, file.resolveSibling("copy.log"), arguments)) {
            running.awaitSuccess();
        }
        return copy;
    }
}
