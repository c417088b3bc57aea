package dev.millrace.examples.endtoend;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program of others that publishes or plays. A test that asks for one that is not installed is skipped.
 *
 * @param name for messages
 * @param command the program and the arguments that always go with it
 * @param environment added to that of the test
 */
public record Tool(String name, List<String> command, Map<String, String> environment) {

    public static Tool ffmpeg() {
        return installed("ffmpeg");
    }

    static Tool rtmpdump() {
        return installed("rtmpdump");
    }

    /** GStreamer, if it has the element. */
    public static Tool gstreamer(String element) {
        Path inspect = path("gst-inspect-1.0").orElse(null);
        assumeTrue(inspect != null, "gst-inspect-1.0 is not installed");
        assumeTrue(exitCode(inspect.toString(), "--exists", element) == 0, "GStreamer's " + element + " is not installed");
        return installed("gst-launch-1.0");
    }

    /** VLC, which refuses to be run by root. The folder is its home. */
    public static Tool vlc(Path home) {
        Tool vlc = installed("cvlc");
        Map<String, String> environment = Map.of("HOME", home.toString(), "PULSE_RUNTIME_PATH", home.toString());
        if (!System.getProperty("user.name").equals("root")) {
            return new Tool("vlc", vlc.command(), environment);
        }
        String runuser = installed("runuser").command().get(0);
        return new Tool("vlc", List.of(runuser, "-u", "nobody", "--", vlc.command().get(0)), environment);
    }

    /** FFmpeg 8 with Enhanced RTMP, in the folder that MILLRACE_FFMPEG8 names, or where .ci/run puts it. */
    static Tool ffmpeg8() {
        Path folder = ffmpeg8Folder();
        Path program = folder.resolve("ffmpeg");
        assumeTrue(Files.isExecutable(program), "FFmpeg 8 is not in " + folder + "; MILLRACE_FFMPEG8 can name another folder");
        return new Tool("ffmpeg8", List.of(program.toString()), Map.of("LD_LIBRARY_PATH", folder.toString()));
    }

    private static Path ffmpeg8Folder() {
        String named = System.getProperty("MILLRACE_FFMPEG8", System.getenv("MILLRACE_FFMPEG8"));
        if (named != null) {
            return Path.of(named);
        }
        String cache = System.getenv("XDG_CACHE_HOME");
        Path home = cache != null ? Path.of(cache) : Path.of(System.getProperty("user.home"), ".cache");
        return home.resolve("ffmpeg8/org/bytedeco/ffmpeg/linux-x86_64-gpl");
    }

    public static boolean isInstalled(String name) {
        return path(name).isPresent();
    }

    /** A program of the path, as it is. */
    public static Tool installed(String name) {
        Path program = path(name).orElse(null);
        assumeTrue(program != null, name + " is not installed");
        return new Tool(name, List.of(program.toString()), Map.of());
    }

    private static Optional<Path> path(String name) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static int exitCode(String... command) {
        try {
            return new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
