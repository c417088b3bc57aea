package dev.millrace.examples.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.examples.endtoend.Packets.Times;
import dev.millrace.examples.endtoend.Stage.Playing;
import dev.millrace.rtmp.stream.StartPosition;
import dev.millrace.rtmp.stream.SubscribeOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams that do not start at 0: over the end of 24, 31 and 32 bits, and beyond (RTMP 1.0, sections 5.3.1.2.1 and 5.3.1.3). */
@Tag("endtoend")
class LateTimesEndToEndTest {

    private static final Player[] EACH = {Player.VLC, Player.FFMPEG, Player.RTMPDUMP, Player.GSTREAMER};

    private Stage stage;
    private Path file;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        stage = Stage.open(folder, SubscribeOptions.PLAYER.withStart(StartPosition.FIRST_FRAME));
        file = stage.media("avc-high-bframes-aac.flv");
    }

    @AfterEach
    void close() {
        stage.close();
    }

    // 16777.215 s is 0xFFFFFF ms; 2147483.648 s is 2^31 ms, where FFmpeg starts again at 0.
    @ParameterizedTest(name = "from {0} s")
    @CsvSource({"16775, 16777215", "2147481, 2147483648"})
    void ffmpegPublishesOver(String startSeconds, long boundaryMillis) throws Exception {
        List<Playing> players = stage.play(EACH);
        RunningTool publisher = stage.publish(Tool.ffmpeg(), file, "-output_ts_offset", startSeconds);
        assertAllArrives(players, publisher);
        assertTrue(stage.arrivals().firstMillis() < boundaryMillis, "starts at " + stage.arrivals().firstMillis() + " ms");
        assertTrue(stage.arrivals().lastMillis() > boundaryMillis, "ends at " + stage.arrivals().lastMillis() + " ms");
    }

    // The time in each tag is what goes on the wire.
    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            over 0xFFFFFF,    16774000
            from 0xFFFFFF,    16777215
            over 2^31,      2147480000
            past 2^31,      2147484648
            over 2^32,      4294964000
            """)
    void ffmpegPassesOnBytes(String name, long startMillis) throws Exception {
        FlvFile original = FlvFile.read(file);
        int middle = original.placeOf(400);
        FlvFile flv = original.later(startMillis);
        List<Playing> players = stage.play(EACH);
        RunningTool publisher = stage.publishInput(Tool.ffmpeg());
        publisher.input().write(flv.upTo(middle));
        publisher.input().flush();
        stage.awaitKeyframes(players);
        publisher.input().write(flv.from(middle));
        publisher.input().close();
        assertAllArrives(players, publisher);
        assertEquals(startMillis, stage.arrivals().firstMillis());
    }

    private void assertAllArrives(List<Playing> players, RunningTool publisher) throws Exception {
        publisher.awaitSuccess();
        Packets sent = Packets.of(Tool.ffmpeg(), file);
        for (Playing playing : players) {
            sent.assertArrivedAt(playing.player(), playing.awaitPackets(Tool.ffmpeg()), Times.SAME);
        }
    }
}
