package dev.millrace.liveserver.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.examples.endtoend.RunningTool;
import dev.millrace.examples.endtoend.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What FFmpeg decodes, as a checksum of each frame in order. For one thread. */
final class FrameHashes {

    private final Tool ffmpeg = Tool.ffmpeg();
    private final Path folder;
    private int files;

    /** The folder is for output and logs. */
    FrameHashes(Path folder) {
        this.folder = folder;
    }

    /** Decodes {@code v} or {@code a} of a file or URL, without a word of complaint. */
    List<String> of(String source, String stream) throws IOException, InterruptedException {
        return of(source, List.of(stream)).get(stream);
    }

    /** Decodes several in one go. */
    Map<String, List<String>> of(String source, List<String> streams) throws IOException, InterruptedException {
        files++;
        List<String> arguments = new ArrayList<>(List.of("-v", "error", "-i", source));
        for (String stream : streams) {
            arguments.addAll(List.of("-map", "0:" + stream, "-f", "framemd5", output(stream).toString()));
        }
        try (RunningTool tool = RunningTool.start(ffmpeg, folder.resolve("hashes" + files + ".log"), arguments)) {
            tool.awaitSuccess();
            assertEquals("", tool.output());
        }
        Map<String, List<String>> hashes = new TreeMap<>();
        for (String stream : streams) {
            hashes.put(stream, read(output(stream)));
        }
        return hashes;
    }

    private Path output(String stream) {
        return folder.resolve("hashes" + files + stream);
    }

    private static List<String> read(Path hashes) throws IOException {
        return Files.readAllLines(hashes).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.substring(line.lastIndexOf(',') + 1).strip())
                .toList();
    }

    /** The same of bytes. */
    List<String> of(byte[] file, String stream) throws IOException, InterruptedException {
        return of(Files.write(folder.resolve("decoded" + files), file).toString(), stream);
    }

    /** Compares, and says no more than needed. */
    static void assertSame(List<String> sent, List<String> decoded, String what) {
        int equal = 0;
        while (equal < Math.min(sent.size(), decoded.size()) && sent.get(equal).equals(decoded.get(equal))) {
            equal++;
        }
        assertEquals(sent.size(), decoded.size(), what + ", number of frames, of which the first " + equal + " are equal");
        assertEquals(sent.size(), equal, what + ", frames that are equal");
    }
}
