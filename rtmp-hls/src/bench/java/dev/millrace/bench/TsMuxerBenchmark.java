package dev.millrace.bench;

import dev.millrace.hls.segment.SegmentMuxer;
import dev.millrace.hls.ts.TsOptions;
import dev.millrace.media.Codec;
import dev.millrace.media.FrameInfo;
import dev.millrace.media.FrameRole;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import dev.millrace.sample.Demuxer;
import dev.millrace.sample.Sample;
import dev.millrace.sample.SampleSubscriber;
import dev.millrace.sample.TrackFormat;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A segment of 2 s: 60 access units of one size, the first of them an IDR picture, and 94 frames of AAC. The result
 * is the time of one access unit with its share of all that; 25,000 bytes at 10 GB/s are 2,500 ns. Nearly half of it
 * is the memory of the segment, which is new each time: see {@link TsMuxerFloorBenchmark}.
 */
@State(Scope.Thread)
public class TsMuxerBenchmark implements SampleSubscriber {

    private static final int FRAMES = 60;
    private static final int AUDIO_FRAMES = 94;
    private static final long FRAME_TICKS = 3_000;
    private static final long AUDIO_TICKS = 1_920;
    private static final int AUDIO_BYTES = 341; // 128 kbit/s

    /** 800 kbit/s, 6 Mbit/s and 20 Mbit/s at 30 frames a second. */
    @Param({"3333", "25000", "83333"})
    private int accessUnitBytes;

    private final SegmentMuxer muxer = TsOptions.DEFAULT.create(/* timedMetadata= */ false);
    private final Demuxer demuxer = new Demuxer(this);
    private final List<TrackFormat> formats = new ArrayList<>();
    private MediaFrame idr;
    private MediaFrame inter;
    private MediaFrame sound;
    private Sample last;
    private long dts = 900_000;
    private long pts = 900_000;

    /** Makes the messages. */
    @Setup
    public void makeMessages() {
        byte[] avc = hex("1700000000 01640028 ff e1 0004 67640028 01 0002 6801");
        demuxer.onFrame(frame(MediaKind.VIDEO, FrameRole.SEQUENCE_HEADER, Codec.AVC, avc));
        demuxer.onFrame(frame(MediaKind.AUDIO, FrameRole.SEQUENCE_HEADER, Codec.AAC, hex("af001190")));
        idr = video(0x65);
        inter = video(0x41);
        byte[] raw = new byte[2 + AUDIO_BYTES];
        raw[0] = (byte) 0xAF;
        raw[1] = 1;
        sound = frame(MediaKind.AUDIO, FrameRole.CODED, Codec.AAC, raw);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    private static MediaFrame frame(MediaKind kind, FrameRole role, Codec codec, byte[] message) {
        return MediaFrame.takeOver(new FrameInfo(kind, role, codec, 0, false, false), 0, message);
    }

    /** A message of FLV with one slice. */
    private MediaFrame video(int nalUnitHeader) {
        byte[] body = new byte[5 + accessUnitBytes];
        new Random(1).nextBytes(body);
        ByteBuffer.wrap(body).putInt(0x27010000).put((byte) 0).putInt(accessUnitBytes - 4).put((byte) nalUnitHeader);
        return frame(MediaKind.VIDEO, FrameRole.CODED, Codec.AVC, body);
    }

    @Override
    public void onFormat(TrackFormat format) {
        formats.add(format);
    }

    @Override
    public void onSample(Sample sample) {
        last = sample;
    }

    /** From messages to the chunks of a segment. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public List<ByteBuffer> segment() {
        muxer.begin(formats);
        long start = pts;
        for (int i = 0; i < FRAMES; i++) {
            write(i == 0 ? idr : inter, dts);
            dts += FRAME_TICKS;
            while (pts < dts && pts < start + AUDIO_FRAMES * AUDIO_TICKS) {
                write(sound, pts);
                pts += AUDIO_TICKS;
            }
        }
        pts = dts;
        if (muxer.droppedSamples() > 0) {
            throw new IllegalStateException(muxer.droppedSamples() + " samples were dropped");
        }
        return muxer.end();
    }

    private void write(MediaFrame frame, long ticks) {
        demuxer.onFrame(frame);
        muxer.sample(last, ticks, ticks, SegmentMuxer.TICKS_PER_SECOND);
    }
}
