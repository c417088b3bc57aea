package dev.millrace.liveserver.endtoend;

import dev.millrace.examples.endtoend.FlvFile;
import dev.millrace.examples.endtoend.RunningTool;
import dev.millrace.examples.endtoend.Tool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** FLV files of test pictures and a tone: 25 frames and one keyframe a second, H.264 and AAC. */
final class TestMedia {

    /** Of the file: signature and the size of no tag. */
    private static final int HEADER_BYTES = 9 + 4;

    /** HLS begins with a picture, and leaves out what is heard before. */
    private static final String AUDIO_LATER_SECONDS = "0.1";

    private final Tool ffmpeg = Tool.ffmpeg();
    private final Path folder;

    /** The folder is for files and logs. */
    TestMedia(Path folder) {
        this.folder = folder;
    }

    /** Encodes one of a size such as {@code 640x360}. */
    Path encode(String size, int seconds) throws IOException, InterruptedException {
        Path file = folder.resolve(size + ".flv");
        run(file, "-f", "lavfi", "-i", "testsrc2=size=" + size + ":rate=25",
                "-itsoffset", AUDIO_LATER_SECONDS, "-f", "lavfi", "-i", "sine=frequency=440:sample_rate=44100",
                "-t", String.valueOf(seconds), "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "25", "-b:v", "400k",
                "-c:a", "aac", "-b:a", "64k");
        return file;
    }

    /** The beginning of a file. */
    Path head(Path file, int seconds) throws IOException, InterruptedException {
        Path head = folder.resolve("head-" + file.getFileName());
        run(head, "-t", String.valueOf(seconds), "-i", file.toString(), "-c", "copy");
        return head;
    }

    /** One file behind another, with the sequence headers of both, as an encoder does that changes its settings on air. */
    Path join(Path first, Path second, int secondStartsMillis) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(Files.readAllBytes(first));
        all.writeBytes(FlvFile.read(second).later(secondStartsMillis).from(HEADER_BYTES));
        return Files.write(folder.resolve("joined.flv"), all.toByteArray());
    }

    private void run(Path output, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("-v", "error"));
        all.addAll(List.of(arguments));
        all.add(output.toString());
        try (RunningTool tool = RunningTool.start(ffmpeg, output.resolveSibling(output.getFileName() + ".log"), all)) {
            tool.awaitSuccess();
        }
    }
}
