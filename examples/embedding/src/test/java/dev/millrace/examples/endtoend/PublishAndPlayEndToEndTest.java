package dev.millrace.examples.endtoend;

import dev.millrace.examples.endtoend.Packets.Times;
import dev.millrace.examples.endtoend.Stage.Playing;
import dev.millrace.rtmp.stream.StartPosition;
import dev.millrace.rtmp.stream.SubscribeOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each publisher of Debian with all players of Debian at once: what leaves arrives. */
@Tag("endtoend")
class PublishAndPlayEndToEndTest {

    private static final Player[] EACH = {Player.VLC, Player.FFMPEG, Player.RTMPDUMP, Player.GSTREAMER};

    private static final String FILE = "avc-high-bframes-aac.flv";
    private static final int AFTER_SECOND_KEYFRAME_MILLIS = 2_500;

    @TempDir
    private Path folder;

    private Optional<Stage> opened = Optional.empty();

    private Stage open(StartPosition start) throws IOException {
        Stage stage = Stage.open(folder, SubscribeOptions.PLAYER.withStart(start));
        opened = Optional.of(stage);
        return stage;
    }

    @AfterEach
    void close() {
        opened.ifPresent(Stage::close);
    }

    @Test
    void ffmpegPublishes() throws Exception {
        Stage stage = open(StartPosition.FIRST_FRAME);
        Path file = stage.media(FILE);
        Tool ffmpeg = Tool.ffmpeg();
        List<Playing> players = stage.play(EACH);
        RunningTool publisher = stage.publish(ffmpeg, file);
        assertAllArrives(players, file, publisher, Times.SAME);
    }

    @Test
    void gstreamerPublishes() throws Exception {
        Stage stage = open(StartPosition.FIRST_FRAME);
        Path file = stage.media(FILE);
        Tool gstreamer = Tool.gstreamer("rtmp2sink");
        List<Playing> players = stage.play(EACH);
        RunningTool publisher = stage.publish(gstreamer, pipeline(file, "rtmp2sink", stage.url()));
        assertAllArrives(players, file, publisher, Times.OF_THE_PUBLISHER);
    }

    @Test
    void librtmpPublishes() throws Exception {
        Stage stage = open(StartPosition.FIRST_FRAME);
        Path file = stage.media(FILE);
        Tool gstreamer = Tool.gstreamer("rtmpsink");
        List<Playing> players = stage.play(EACH);
        RunningTool publisher = stage.publish(gstreamer, pipeline(file, "rtmpsink", stage.url() + " live=1"));
        assertAllArrives(players, file, publisher, Times.OF_THE_PUBLISHER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"avc-high-bframes-aac.flv", "avc-baseline-no-audio.flv", "aac-only.flv"})
    void whoJoinsLateStartsAtAKeyframe(String name) throws Exception {
        Stage stage = open(StartPosition.NEWEST_KEYFRAME);
        RunningTool publisher = stage.publishInput(Tool.ffmpeg());
        Path published = stage.media(name);
        FlvFile flv = FlvFile.read(published);
        int middle = flv.placeOf(AFTER_SECOND_KEYFRAME_MILLIS + 500);
        publisher.input().write(flv.upTo(middle));
        publisher.input().flush();
        stage.arrivals().awaitTime(AFTER_SECOND_KEYFRAME_MILLIS);

        List<Playing> players = stage.play(EACH);
        stage.awaitPlaying(players);
        publisher.input().write(flv.from(middle));
        publisher.input().close();

        publisher.awaitSuccess();
        Packets sent = Packets.of(Tool.ffmpeg(), published);
        for (Playing playing : players) {
            sent.assertEndArrivedAt(playing.player(), playing.awaitPackets(Tool.ffmpeg()), Times.SAME);
        }
    }

    /** A pipeline without parsers, which would rewrite the packets. Its sink waits for the time of each. */
    private static List<String> pipeline(Path file, String sink, String location) {
        return List.of(
                "filesrc", "location=" + file, "!", "flvdemux", "name=in",
                "flvmux", "name=out", "streamable=true", "!", sink, "location=" + location,
                "in.video", "!", "queue", "!", "out.video",
                "in.audio", "!", "queue", "!", "out.audio");
    }

    private static void assertAllArrives(List<Playing> players, Path file, RunningTool publisher, Times times) throws Exception {
        publisher.awaitSuccess();
        Packets sent = Packets.of(Tool.ffmpeg(), file);
        for (Playing playing : players) {
            sent.assertArrivedAt(playing.player(), playing.awaitPackets(Tool.ffmpeg()), times);
        }
    }
}
