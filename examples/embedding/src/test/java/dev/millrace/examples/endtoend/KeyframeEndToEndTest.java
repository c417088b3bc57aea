package dev.millrace.examples.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.flv.FlvReader;
import dev.millrace.flv.FlvTag;
import dev.millrace.track.Keyframe;
import dev.millrace.track.KeyframeDecoder;
import dev.millrace.track.LatestKeyframe;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The latest keyframe is the picture that FFmpeg finds in the file itself. */
@Tag("endtoend")
class KeyframeEndToEndTest {

    @TempDir
    private Path folder;

    /** Checksums of the pictures that FFmpeg decodes. */
    private List<String> pictures(Tool ffmpeg, List<String> input, String name) throws IOException, InterruptedException {
        Path listing = folder.resolve(name);
        List<String> arguments = new ArrayList<>(List.of("-v", "error", "-y"));
        arguments.addAll(input);
        arguments.addAll(List.of("-an", "-fps_mode", "passthrough", "-f", "framemd5", listing.toString()));
        try (RunningTool running = RunningTool.start(ffmpeg, folder.resolve(name + ".log"), arguments)) {
            running.awaitSuccess();
        }
        return Files.readAllLines(listing).stream().filter(line -> !line.startsWith("#")).map(line -> line.substring(line.lastIndexOf(' ') + 1)).toList();
    }

    /** A decoder of a host's: FFmpeg, on a thread of its own. */
    private KeyframeDecoder<String> decoder(Tool ffmpeg, String format) {
        return keyframe -> CompletableFuture.supplyAsync(() -> {
            try {
                Path file = Files.write(folder.resolve("keyframe"), keyframe.accessUnit().toByteArray());
                return pictures(ffmpeg, List.of("-f", format, "-i", file.toString()), "one").get(0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"avc-high-bframes-aac, h264", "avc-baseline-no-audio, h264", "hevc-aac, hevc"})
    void isWhatFfmpegSees(String name, String format) throws Exception {
        Tool ffmpeg = Tool.ffmpeg8();
        Path file = folder.resolve("file.flv");
        try (var resource = KeyframeEndToEndTest.class.getResourceAsStream("/media/" + name + ".flv")) {
            Files.copy(resource, file);
        }
        LatestKeyframe latest = new LatestKeyframe();
        FlvReader reader = new FlvReader();
        reader.append(Unpooled.wrappedBuffer(Files.readAllBytes(file)));
        reader.end();
        for (Optional<FlvTag> tag = reader.read(); tag.isPresent(); tag = reader.read()) {
            latest.onFrame(tag.get().toFrame());
        }
        List<String> keyframes = pictures(ffmpeg, List.of("-skip_frame", "nokey", "-i", file.toString()), "all");
        Keyframe keyframe = latest.get().orElseThrow();
        String picture = decoder(ffmpeg, format).decode(keyframe).toCompletableFuture().get(60, TimeUnit.SECONDS);
        assertEquals(keyframes.get(keyframes.size() - 1), picture);
    }
}
