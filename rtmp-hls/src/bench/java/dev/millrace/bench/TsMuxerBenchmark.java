package dev.millrace.bench;

import dev.millrace.codec.aac.AdtsHeader;
import dev.millrace.codec.aac.AudioSpecificConfig;
import dev.millrace.hls.ts.SegmentBuffer;
import dev.millrace.hls.ts.TsCodec;
import dev.millrace.hls.ts.TsMuxer;
import dev.millrace.hls.ts.TsOptions;
import dev.millrace.hls.ts.TsProgram;
import dev.millrace.hls.ts.VideoUnit;
import dev.millrace.media.Bytes;
import dev.millrace.media.Codec;
import dev.millrace.media.FrameInfo;
import dev.millrace.media.FrameRole;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A segment of 2 s: 60 access units of one size, the first of them an IDR picture, and 94 frames of AAC. The result is the time of one access unit
 * with its share of all that; 25,000 bytes at 10 GB/s are 2,500 ns. Nearly half of it is the memory
 * of the segment, which is new each time: see {@link TsMuxerFloorBenchmark}.
 */
@State(Scope.Thread)
public class TsMuxerBenchmark {

    private static final int FRAMES = 60;
    private static final int AUDIO_FRAMES = 94;
    private static final long FRAME_TICKS = 3_000;
    private static final long AUDIO_TICKS = 1_920;
    private static final int AUDIO_BYTES = 341; // 128 kbit/s

    /** 800 kbit/s, 6 Mbit/s and 20 Mbit/s at 30 frames a second. */
    @Param({"3333", "25000", "83333"})
    private int accessUnitBytes;

    private final List<Bytes> parameterSets = List.of(Bytes.takeOver(new byte[] {0x67, 100, 0, 40}), Bytes.takeOver(new byte[] {0x68, 1}));
    private final VideoUnit unit = new VideoUnit(TsCodec.AVC);
    private final TsMuxer muxer = new TsMuxer(TsOptions.DEFAULT);
    private final SegmentBuffer buffer = new SegmentBuffer();
    private MediaFrame idr;
    private MediaFrame inter;
    private MediaFrame sound;
    private AdtsHeader header;
    private long dts = 900_000;
    private long pts = 900_000;

    /** Makes the messages. */
    @Setup
    public void makeMessages() throws MalformedException {
        idr = video(0x65);
        inter = video(0x41);
        sound = MediaFrame.takeOver(new FrameInfo(MediaKind.AUDIO, FrameRole.CODED, Codec.AAC, 0, false, false), 0, new byte[2 + AUDIO_BYTES]);
        header = AdtsHeader.of(AudioSpecificConfig.lc(48_000, 2), 1);
        muxer.program(new TsProgram(Optional.of(TsCodec.AVC), Optional.of(TsCodec.AAC), false));
    }

    /** A message of FLV with one slice. */
    private MediaFrame video(int nalUnitHeader) {
        byte[] body = new byte[5 + accessUnitBytes];
        new Random(1).nextBytes(body);
        ByteBuffer.wrap(body).putInt(5, accessUnitBytes - 4).put(9, (byte) nalUnitHeader);
        return MediaFrame.takeOver(new FrameInfo(MediaKind.VIDEO, FrameRole.CODED, Codec.AVC, 0, nalUnitHeader == 0x65, false), 0, body);
    }

    /** From messages to the chunks of a segment. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public List<ByteBuffer> segment() {
        muxer.beginSegment(buffer);
        long start = pts;
        for (int i = 0; i < FRAMES; i++) {
            MediaFrame frame = i == 0 ? idr : inter;
            unit.scan(frame, 5, frame.size() - 5, 4);
            muxer.video(unit, parameterSets, dts, dts);
            dts += FRAME_TICKS;
            while (pts < dts && pts < start + AUDIO_FRAMES * AUDIO_TICKS) {
                muxer.aac(sound, 2, AUDIO_BYTES, header, pts);
                pts += AUDIO_TICKS;
            }
        }
        pts = dts;
        muxer.endSegment();
        return buffer.takeChunks();
    }
}
