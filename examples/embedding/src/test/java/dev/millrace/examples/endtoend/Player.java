package dev.millrace.examples.endtoend;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A program that plays a stream and keeps what it got. */
enum Player {
    /** Lists the packets that its demuxer sees, so that no file lies between. */
    FFMPEG("o.framecrc") {
        @Override
        RunningTool play(String url, Path output) throws IOException {
            return listPackets(Tool.ffmpeg(), url, output);
        }

        @Override
        Packets packets(Tool ffmpeg, Path output) throws IOException {
            return Packets.parse(output);
        }
    },
    FFMPEG8("o.framecrc") {
        @Override
        RunningTool play(String url, Path output) throws IOException {
            return listPackets(Tool.ffmpeg8(), url, output);
        }

        @Override
        Packets packets(Tool ffmpeg, Path output) throws IOException {
            return Packets.parse(output);
        }
    },
    RTMPDUMP("o.flv") {
        @Override
        RunningTool play(String url, Path output) throws IOException {
            return RunningTool.start(Tool.rtmpdump(), logOf(output), List.of("-v", "-r", url, "-o", output.toString()));
        }
    },
    GSTREAMER("o.flv") {
        @Override
        RunningTool play(String url, Path output) throws IOException {
            return RunningTool.start(
                    Tool.gstreamer("rtmp2src"), logOf(output), List.of("rtmp2src", "location=" + url, "!", "filesink", "location=" + output));
        }
    },
    VLC("o.flv") {
        @Override
        RunningTool play(String url, Path output) throws IOException {
            List<String> arguments = List.of("-I", "dummy", "--demux=dump", "--demuxdump-file=" + output, url, "vlc://quit");
            return RunningTool.start(Tool.vlc(output.getParent()), logOf(output), arguments);
        }
    };

    /**
     * rtmp2src holds one message for its pipeline, and throws it away if the stream ends before the pipeline has taken it (gstrtmp2src.c,
     * gst_rtmp2_src_task_func).
     */
    private static final int LOST_BY_RTMP2SRC = 1;

    /** What rtmpdump returns if the newest time is far from the duration in the metadata. */
    private static final int RTMPDUMP_INCOMPLETE = 2;

    private final String outputName;

    Player(String outputName) {
        this.outputName = outputName;
    }

    /** Starts it. */
    abstract RunningTool play(String url, Path output) throws IOException;

    /** What it got. */
    Packets packets(Tool ffmpeg, Path output) throws IOException, InterruptedException {
        return Packets.of(ffmpeg, output);
    }

    /** Whether it ended as it does at the end of a stream. */
    boolean isGood(int exitValue) {
        return exitValue == 0 || this == RTMPDUMP && exitValue == RTMPDUMP_INCOMPLETE;
    }

    /** How many of the last packets it may lose by itself. */
    int lostAtEnd() {
        return this == GSTREAMER ? LOST_BY_RTMP2SRC : 0;
    }

    /** Where it puts that within its folder. */
    Path outputIn(Path folder) {
        return folder.resolve(outputName);
    }

    private static RunningTool listPackets(Tool ffmpeg, String url, Path output) throws IOException {
        List<String> arguments = List.of("-v", "error", "-i", url, "-map", "0", "-c", "copy", "-f", "framecrc", output.toString());
        return RunningTool.start(ffmpeg, logOf(output), arguments);
    }

    private static Path logOf(Path output) {
        return output.resolveSibling("log");
    }
}
