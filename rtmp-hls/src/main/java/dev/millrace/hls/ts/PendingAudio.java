package dev.millrace.hls.ts;

import dev.millrace.codec.aac.AdtsHeader;
import dev.millrace.sample.Sample;
import java.util.Arrays;

/** Audio frames that wait to go into one PES packet. Confined to the muxer's thread. */
final class PendingAudio {

    private static final int FIRST_BYTES = 4096; // 4 frames of AAC at 300 kbit/s

    private final int maxFrames;
    private final long maxSpanTicks;

    private byte[] bytes = new byte[FIRST_BYTES];
    private int size;
    private int frames;
    private long firstPts;

    // Outlives the PES packet: the step from frame to frame tells how long one is, of whatever codec.
    private long lastPts;
    private long stepTicks;
    /** Seen twice in a row: how long a frame is. */
    private long usualTicks;
    private long stepBefore;

    PendingAudio(TsOptions options) {
        maxFrames = options.audioFrames();
        maxSpanTicks = options.audioSpanTicks();
    }

    boolean isEmpty() {
        return frames == 0;
    }

    int frames() {
        return frames;
    }

    long firstPts() {
        return firstPts;
    }

    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    /** Whether a frame may join those that wait: it is neither too much, nor far from them. */
    boolean takes(int length, long pts) {
        if (frames == 0) {
            return true;
        }
        long step = pts - lastPts;
        if (usualTicks > 0 && step > usualTicks + usualTicks / 2) {
            return false; // a player takes the frames of a PES packet for contiguous, and these are not
        }
        long covered = pts + step - firstPts;
        return step >= 0 && covered >= 0 && covered <= maxSpanTicks && size + length <= PesHeader.MAX_AUDIO_PAYLOAD_BYTES;
    }

    /** Whether no further frame would join. */
    boolean isDue() {
        return frames >= maxFrames || lastPts + 2 * stepTicks - firstPts > maxSpanTicks;
    }

    void add(Sample sample, long pts) {
        begin(sample.size(), pts);
        put(sample);
    }

    void addAac(Sample sample, AdtsHeader header, long pts) {
        int frameBytes = AdtsHeader.BYTES + sample.size();
        begin(frameBytes, pts);
        putAdts(header, frameBytes);
        put(sample);
    }

    private void begin(int length, long pts) {
        if (frames == 0) {
            firstPts = pts;
        }
        long step = pts - lastPts;
        stepTicks = step >= 0 && step <= maxSpanTicks ? step : 0; // else a gap, or the first frame, or frames that each fill a PES packet
        if (step > 0 && Math.abs(step - stepBefore) <= 1) {
            usualTicks = step;
        }
        stepBefore = step;
        lastPts = pts;
        frames++;
        if (size + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + length, 2 * bytes.length)); // takes() keeps it at the most of a PES packet
        }
    }

    private void put(Sample sample) {
        sample.getBytes(0, bytes, size, sample.size());
        size += sample.size();
    }

    /** As AdtsHeader writes it, but for the length, and without an object for each frame. */
    private void putAdts(AdtsHeader header, int frameBytes) {
        int channels = header.channelConfiguration();
        bytes[size++] = (byte) 0xFF;
        bytes[size++] = (byte) (0xF1 | (header.mpeg2() ? 8 : 0));
        bytes[size++] = (byte) (header.audioObjectType() - 1 << 6 | header.samplingFrequencyIndex() << 2 | channels >> 2);
        bytes[size++] = (byte) ((channels & 3) << 6 | frameBytes >> 11);
        bytes[size++] = (byte) (frameBytes >> 3);
        bytes[size++] = (byte) ((frameBytes & 7) << 5 | header.bufferFullness() >> 6);
        bytes[size++] = (byte) ((header.bufferFullness() & 0x3F) << 2 | header.rawDataBlocks() - 1);
    }

    void clear() {
        size = 0;
        frames = 0;
    }
}
