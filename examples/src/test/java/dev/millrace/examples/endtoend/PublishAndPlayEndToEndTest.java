package dev.millrace.examples.endtoend;

import dev.millrace.examples.endtoend.Packets.Times;
import dev.millrace.examples.endtoend.Stage.Playing;
import dev.millrace.rtmp.stream.SubscribeOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each publisher of Debian with all players of Debian at once: what leaves arrives. */
class PublishAndPlayEndToEndTest {

    private static final Player[] EACH = {Player.VLC, Player.FFMPEG, Player.RTMPDUMP, Player.GSTREAMER};

    private Stage stage;
    private Path file;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        stage = Stage.open(folder, SubscribeOptions.PLAYER);
        file = stage.media("avc-high-bframes-aac.flv");
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void ffmpegPublishes() throws Exception {
        Tool ffmpeg = Tool.ffmpeg();
        List<Playing> players = stage.play(EACH);
        RunningTool publisher = stage.publish(ffmpeg, file);
        assertAllArrives(players, publisher, Times.SAME);
    }

    @Test
    void gstreamerPublishes() throws Exception {
        Tool gstreamer = Tool.gstreamer("rtmp2sink");
        List<Playing> players = stage.play(EACH);
        RunningTool publisher = stage.publish(gstreamer, pipelineTo("rtmp2sink", stage.url()));
        assertAllArrives(players, publisher, Times.OF_THE_PUBLISHER);
    }

    @Test
    void librtmpPublishes() throws Exception {
        Tool gstreamer = Tool.gstreamer("rtmpsink");
        List<Playing> players = stage.play(EACH);
        RunningTool publisher = stage.publish(gstreamer, pipelineTo("rtmpsink", stage.url() + " live=1"));
        assertAllArrives(players, publisher, Times.OF_THE_PUBLISHER);
    }

    /** A pipeline without parsers, which would rewrite the packets. Its sink waits for the time of each. */
    private List<String> pipelineTo(String sink, String location) {
        return List.of(
                "filesrc", "location=" + file, "!", "flvdemux", "name=in",
                "flvmux", "name=out", "streamable=true", "!", sink, "location=" + location,
                "in.video", "!", "queue", "!", "out.video",
                "in.audio", "!", "queue", "!", "out.audio");
    }

    private void assertAllArrives(List<Playing> players, RunningTool publisher, Times times) throws Exception {
        publisher.awaitSuccess();
        Packets sent = Packets.of(Tool.ffmpeg(), file);
        for (Playing playing : players) {
            sent.assertArrivedAt(playing.player().name(), playing.awaitPackets(Tool.ffmpeg()), times);
        }
    }
}
