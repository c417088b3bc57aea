package dev.millrace.codec.opus;

import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;

/**
 * What can be seen in an Opus packet without decoding it. Thread-safe: it keeps nothing.
 *
 * <pre>
 * TOC: config (5) stereo (1) code (2) | if the code is 3: VBR (1) padding (1) frames (6) | ...
 * </pre>
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6716#section-3">RFC 6716, 3</a>
 */
public final class OpusPacket {

    /** 120 ms: no packet may last longer. */
    public static final int MAX_SAMPLES = 5760;

    private static final int SILK_CONFIGS = 12;
    private static final int HYBRID_CONFIGS = 16;

    private OpusPacket() {}

    /**
     * How long a packet lasts. If it has several streams, they all last as long as the first.
     *
     * @param packet the packet from its TOC on
     * @return samples at 48 kHz, 120 to {@link #MAX_SAMPLES}
     * @throws MalformedException if it is cut off before it says so, has no frame, or lasts longer than 120 ms
     */
    public static int samples(Bytes packet) throws MalformedException {
        if (packet.size() == 0) {
            throw new MalformedException("Opus packet of 0 bytes, wanted 1 or more");
        }
        int toc = packet.unsignedByteAt(0);
        int frames = frames(toc & 3, packet);
        int samples = frames * frameSamples(toc >> 3);
        if (samples < 1 || samples > MAX_SAMPLES) {
            throw new MalformedException("Opus packet of " + samples + " samples is not 1 to " + MAX_SAMPLES);
        }
        return samples;
    }

    private static int frames(int code, Bytes packet) throws MalformedException {
        if (code < 3) {
            return code == 0 ? 1 : 2;
        }
        if (packet.size() < 2) {
            throw new MalformedException("Opus packet of code 3 is cut off after 1 byte, wanted 2");
        }
        return packet.unsignedByteAt(1) & 0x3F;
    }

    private static int frameSamples(int config) {
        int size = config & 3;
        if (config < SILK_CONFIGS) {
            return size == 3 ? 2880 : 480 << size; // 10, 20, 40 and 60 ms
        }
        if (config < HYBRID_CONFIGS) {
            return 480 << (config & 1); // 10 and 20 ms
        }
        return 120 << size; // 2.5, 5, 10 and 20 ms
    }
}
