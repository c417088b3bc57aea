package dev.millrace.liveserver.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.examples.FlvInfo;
import dev.millrace.examples.endtoend.Packets;
import dev.millrace.examples.endtoend.RunningTool;
import dev.millrace.examples.endtoend.Tool;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code --record} leaves behind. */
@Tag("endtoend")
class RecordingEndToEndTest {

    @TempDir
    private Path folder;

    private Path source;
    private LiveServerProcess server;
    private Optional<RunningTool> publisher = Optional.empty();

    @BeforeEach
    void start() throws IOException {
        source = folder.resolve("source.flv");
        try (var resource = RecordingEndToEndTest.class.getResourceAsStream("/media/avc-high-bframes-aac.flv")) {
            Files.copy(resource, source);
        }
        server = LiveServerProcess.start("--record", "--data", folder.toString());
    }

    @AfterEach
    void stop() {
        publisher.ifPresent(RunningTool::close);
        server.close();
    }

    private void publish() throws IOException, InterruptedException {
        String url = server.awaitLine("^Publish: .* (rtmp:.*)$");
        publisher = Optional.of(RunningTool.start(
                Tool.ffmpeg(), folder.resolve("log"), List.of("-v", "error", "-re", "-i", source.toString(), "-c", "copy", "-f", "flv", url)));
    }

    private Optional<Path> recording() throws IOException {
        Path recordings = folder.resolve("recordings");
        if (!Files.isDirectory(recordings)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(recordings)) {
            return files.filter(file -> file.toString().endsWith(".flv")).findFirst();
        }
    }

    @Test
    void aRecordingIsWhatWasPublishedAndPlays() throws Exception {
        Tool ffmpeg = Tool.ffmpeg();
        Tool vlc = Tool.vlc(folder);
        publish();
        publisher.get().awaitSuccess();
        server.awaitLine("(recorded) .* of live/test123");
        Path recorded = recording().orElseThrow();
        Packets sent = Packets.of(ffmpeg, source);
        Packets kept = Packets.of(ffmpeg, recorded);
        kept.assertBegins(sent);
        sent.assertBegins(kept);
        assertPlaysIn(vlc, recorded);
        assertTrue(Files.readString(info(recorded)).contains("truncated tags 0"));
    }

    /** VLC decodes pictures of the file, and comes to its end. */
    private void assertPlaysIn(Tool vlc, Path recorded) throws Exception {
        assertTrue(folder.toFile().setExecutable(true, /* ownerOnly= */ false));
        assertTrue(recorded.getParent().toFile().setExecutable(true, /* ownerOnly= */ false));
        assertTrue(recorded.toFile().setReadable(true, /* ownerOnly= */ false));
        try (RunningTool playing = RunningTool.start(vlc, folder.resolve("vlc.log"), List.of(
                "-I", "dummy", "-vv", "--play-and-exit", "--vout", "dummy", "--aout", "dummy", recorded.toString()))) {
            playing.awaitExitValue();
            assertTrue(playing.output().contains("Received first picture"), playing::output);
            assertTrue(playing.output().contains("end of playlist"), playing::output);
        }
    }

    private Path info(Path recorded) throws IOException {
        StringWriter text = new StringWriter();
        assertEquals(0, FlvInfo.run(new PrintWriter(text), new PrintWriter(text), recorded.toString()), text::toString);
        return Files.writeString(folder.resolve("info.txt"), text.toString());
    }

    @Test
    void aServerThatIsKilledLeavesAFileThatReads() throws Exception {
        Tool ffmpeg = Tool.ffmpeg();
        publish();
        server.awaitLine("(publishes) live/test123");
        // The publisher is read at its own pace: half of it has been written when the file has so many bytes.
        long enough = Files.size(source) / 2;
        while (recording().map(file -> file.toFile().length()).orElse(0L) < enough) {
            assertTrue(!server.process().waitFor(20, TimeUnit.MILLISECONDS), "the server has ended");
            assertTrue(!publisher.get().onExit().isDone(), "half of it was not recorded");
        }
        server.process().destroyForcibly().waitFor();
        Packets.of(ffmpeg, recording().orElseThrow()).assertBegins(Packets.of(ffmpeg, source));
    }
}
