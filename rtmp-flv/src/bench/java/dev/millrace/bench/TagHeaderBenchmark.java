package dev.millrace.bench;

import dev.millrace.flv.AudioTag;
import dev.millrace.flv.FlvFrames;
import dev.millrace.flv.VideoTag;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaFrame;
import java.util.Arrays;
import java.util.HexFormat;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The headers of a message, which are read once for each message of a publisher. */
@State(Scope.Thread)
public class TagHeaderBenchmark {

    private static final int INTER_FRAME_BYTES = 5 * 1024;

    // Not final: what the compiler knows to be constant, it does not measure.
    private byte[] legacyAvc = HexFormat.of().parseHex("2701ffffd80000000141");
    private byte[] enhancedHevc = HexFormat.of().parseHex("a1687663310000a00000012e");
    private byte[] manyTracks = HexFormat.of().parseHex("9613617663310000000500000001650100000400000041");
    private byte[] legacyAac = HexFormat.of().parseHex("af010000000d");
    private byte[] legacyInterFrame = Arrays.copyOf(legacyAvc, INTER_FRAME_BYTES);
    private byte[] enhancedInterFrame = Arrays.copyOf(enhancedHevc, INTER_FRAME_BYTES);

    /** An inter frame with a negative composition time. */
    @Benchmark
    public VideoTag parseLegacyAvc() throws MalformedException {
        return VideoTag.parse(legacyAvc);
    }

    /** An inter frame with a composition time. */
    @Benchmark
    public VideoTag parseEnhancedHevc() throws MalformedException {
        return VideoTag.parse(enhancedHevc);
    }

    /** Keyframes of two AVC tracks. */
    @Benchmark
    public VideoTag parseManyTracks() throws MalformedException {
        return VideoTag.parse(manyTracks);
    }

    /** A frame of AAC. */
    @Benchmark
    public AudioTag parseLegacyAac() throws MalformedException {
        return AudioTag.parse(legacyAac);
    }

    /** The whole way from the bytes to the frame, which takes them over: their number does not matter. */
    @Benchmark
    public MediaFrame frameOfLegacyAvc() throws MalformedException {
        return FlvFrames.video(40, legacyInterFrame);
    }

    /** The same with an Enhanced header. */
    @Benchmark
    public MediaFrame frameOfEnhancedHevc() throws MalformedException {
        return FlvFrames.video(40, enhancedInterFrame);
    }
}
