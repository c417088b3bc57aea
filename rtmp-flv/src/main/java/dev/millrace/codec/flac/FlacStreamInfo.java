package dev.millrace.codec.flac;

import dev.millrace.bits.Ranges;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import io.netty.buffer.ByteBuf;

/**
 * The STREAMINFO of a FLAC track: what its sequence header holds. Immutable.
 *
 * <pre>
 * [["fLaC"] last (1) block type 0 (7) length 34 (24)]
 * min block size (16) max block size (16) min frame size (24) max frame size (24)
 * sample rate (20) channels less one (3) bits per sample less one (5) total samples (36) MD5 (128)
 * </pre>
 *
 * <p>Senders disagree on what stands before the STREAMINFO itself: Enhanced RTMP wants all of it, FFmpeg sends and reads none of it.
 *
 * @param minBlockSamples samples for each channel in the shortest frame but the last, 16 to 65535
 * @param maxBlockSamples samples for each channel in the longest frame, {@code minBlockSamples} to 65535
 * @param minFrameBytes the shortest frame, 0 to 2<sup>24</sup> - 1; 0 if not known
 * @param maxFrameBytes the longest frame, 0 to 2<sup>24</sup> - 1; 0 if not known
 * @param sampleRateHz 1 to 1048575
 * @param channels 1 to 8
 * @param bitsPerSample 4 to 32
 * @param totalSamples samples for each channel in the whole stream, 0 to 2<sup>36</sup> - 1; 0 if not known
 * @param md5 checksum of the decoded samples, 16 bytes; all 0 if not known
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9639#section-8.2">RFC 9639, 8.2</a>
 */
public record FlacStreamInfo(
        int minBlockSamples,
        int maxBlockSamples,
        int minFrameBytes,
        int maxFrameBytes,
        int sampleRateHz,
        int channels,
        int bitsPerSample,
        long totalSamples,
        Bytes md5) {

    /** The codec string for playlists and media types. */
    public static final String CODEC_STRING = "fLaC";

    private static final int SIGNATURE = 0x664C6143;
    private static final int SIGNATURE_BYTES = 4;
    private static final int BLOCK_HEADER_BYTES = 4;
    private static final int BYTES = 34;
    private static final int MD5_AT = 18;
    private static final int MD5_BYTES = 16;
    private static final int LAST_BLOCK = 0x80000000;
    private static final int MIN_BLOCK_SAMPLES = 16;
    private static final int MIN_BITS_PER_SAMPLE = 4;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one of them is outside what is said above
     */
    public FlacStreamInfo {
        Ranges.check("minBlockSamples", minBlockSamples, MIN_BLOCK_SAMPLES, 0xFFFF);
        Ranges.check("maxBlockSamples", maxBlockSamples, minBlockSamples, 0xFFFF);
        Ranges.check("minFrameBytes", minFrameBytes, 0, 0xFFFFFF);
        Ranges.check("maxFrameBytes", maxFrameBytes, 0, 0xFFFFFF);
        Ranges.check("sampleRateHz", sampleRateHz, 1, 0xFFFFF);
        Ranges.check("channels", channels, 1, 8);
        Ranges.check("bitsPerSample", bitsPerSample, MIN_BITS_PER_SAMPLE, 32);
        Ranges.check("totalSamples", totalSamples, 0, 0xFFFFFFFFFL);
        Ranges.check("md5 bytes", md5.size(), MD5_BYTES, MD5_BYTES);
    }

    /**
     * Reads a sequence header in any of its forms.
     *
     * @param bytes 34 bytes of STREAMINFO; or with its block header before it; or with {@code fLaC} before both. What stands behind the
     *     second and third form is ignored
     * @return what it says
     * @throws MalformedException if it is none of these forms, or a field has a value that is not legal
     */
    public static FlacStreamInfo parse(Bytes bytes) throws MalformedException {
        ByteBuf in = bytes.asByteBuf();
        if (bytes.size() != BYTES) {
            skipHeaders(in);
        }
        int start = in.readerIndex();
        int minBlockSamples = in.readUnsignedShort();
        int maxBlockSamples = in.readUnsignedShort();
        int minFrameBytes = in.readUnsignedMedium();
        int maxFrameBytes = in.readUnsignedMedium();
        long packed = in.readLong();
        int sampleRateHz = (int) (packed >>> 44);
        int channels = 1 + (int) (packed >> 41 & 7);
        int bitsPerSample = 1 + (int) (packed >> 36 & 0x1F);
        if (minBlockSamples < MIN_BLOCK_SAMPLES || minBlockSamples > maxBlockSamples) {
            throw new MalformedException("FLAC blocks of " + minBlockSamples + " to " + maxBlockSamples + " samples, wanted 16 or more");
        }
        if (sampleRateHz == 0) {
            throw new MalformedException("FLAC sample rate 0 is not 1 to 1048575");
        }
        if (bitsPerSample < MIN_BITS_PER_SAMPLE) {
            throw new MalformedException("FLAC samples of " + bitsPerSample + " bits, wanted 4 to 32");
        }
        Bytes md5 = Bytes.copyOf(bytes.slice(start + MD5_AT, MD5_BYTES).toByteArray());
        return new FlacStreamInfo(
                minBlockSamples, maxBlockSamples, minFrameBytes, maxFrameBytes, sampleRateHz, channels, bitsPerSample,
                packed & 0xFFFFFFFFFL, md5);
    }

    private static void skipHeaders(ByteBuf in) throws MalformedException {
        int length = in.readableBytes();
        if (length >= SIGNATURE_BYTES && in.getInt(0) == SIGNATURE) {
            in.skipBytes(SIGNATURE_BYTES);
        }
        if (in.readableBytes() < BLOCK_HEADER_BYTES + BYTES) {
            throw new MalformedException("FLAC header of " + length + " bytes, wanted 34, 38 or 42");
        }
        int blockHeader = in.readInt();
        if ((blockHeader & ~LAST_BLOCK) != BYTES) {
            throw new MalformedException("FLAC metadata block " + Integer.toHexString(blockHeader) + " is not type 0 of 34 bytes");
        }
    }

    /**
     * Writes the STREAMINFO alone, the form that players read.
     *
     * @param out grows by 34 bytes
     */
    public void writeTo(ByteBuf out) {
        out.writeShort(minBlockSamples);
        out.writeShort(maxBlockSamples);
        out.writeMedium(minFrameBytes);
        out.writeMedium(maxFrameBytes);
        out.writeLong((long) sampleRateHz << 44 | (long) (channels - 1) << 41 | (long) (bitsPerSample - 1) << 36 | totalSamples);
        md5.writeTo(out);
    }

    /**
     * Returns whether another sequence header describes the same format; its sizes and its checksum may differ.
     *
     * @param other the other header
     * @return true if rate, channels and bits are the same
     */
    public boolean hasFormatOf(FlacStreamInfo other) {
        return sampleRateHz == other.sampleRateHz && channels == other.channels && bitsPerSample == other.bitsPerSample;
    }
}
