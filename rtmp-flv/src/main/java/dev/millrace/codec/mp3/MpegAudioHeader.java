package dev.millrace.codec.mp3;

import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import java.util.Objects;

/**
 * The header of an MPEG audio frame. Immutable.
 *
 * <pre>
 * syncword (11) version (2) layer (2) protection (1) bit rate index (4) sampling frequency (2) padding (1) private (1)
 * mode (2) mode extension (2) copyright (1) original (1) emphasis (2)
 * </pre>
 *
 * @param version which standard, and so which sampling frequencies
 * @param layer 1 to 3; 3 is MP3
 * @param bitsPerSecond 8000 to 448000
 * @param sampleRateHz 8000 to 48000
 * @param channels 1 or 2
 * @param frameBytes the whole frame
 * @param samples for each channel: 384 in layer I, 1152 in layer II, 1152 or 576 in layer III
 * @see <a href="https://www.iso.org/standard/22412.html">ISO/IEC 11172-3, 2.4.1.3; 13818-3, 2.4.2.3</a>
 */
public record MpegAudioHeader(Version version, int layer, int bitsPerSecond, int sampleRateHz, int channels, int frameBytes, int samples) {

    private static final int HEADER_BYTES = 4;
    private static final int SYNCWORD = 0x7FF;
    private static final int SINGLE_CHANNEL = 3;
    private static final int RESERVED = 3;
    private static final int MAX_BIT_RATE_INDEX = 14;
    private static final int FREE_FORMAT = 0;

    private static final int[] SAMPLE_RATES_HZ = {44_100, 48_000, 32_000};

    /** For MPEG-1 by layer, then by index less one. */
    private static final int[][] KILOBITS = {
        {32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448},
        {32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384},
        {32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320}
    };

    /** For MPEG-2 and 2.5, layer I. */
    private static final int[] KILOBITS_LSF_1 = {32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256};

    /** For MPEG-2 and 2.5, layers II and III. */
    private static final int[] KILOBITS_LSF = {8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160};

    /** Which standard a frame follows. */
    public enum Version {
        /** ISO/IEC 11172-3: 32 to 48 kHz. */
        MPEG_1(0),
        /** ISO/IEC 13818-3: 16 to 24 kHz. */
        MPEG_2(1),
        /** No standard: 8 to 12 kHz. */
        MPEG_2_5(2);

        private final int rateShift;

        Version(int rateShift) {
            this.rateShift = rateShift;
        }

        private static Version ofBits(int bits) throws MalformedException {
            return switch (bits) {
                case 0 -> MPEG_2_5;
                case 2 -> MPEG_2;
                case 3 -> MPEG_1;
                default -> throw new MalformedException("MPEG audio version " + bits + " is reserved");
            };
        }
    }

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if {@code layer} is not 1 to 3, {@code channels} not 1 or 2, or another number not positive
     */
    public MpegAudioHeader {
        Objects.requireNonNull(version, "version");
        if (layer < 1 || layer > 3 || channels < 1 || channels > 2) {
            throw new IllegalArgumentException("layer " + layer + " and channels " + channels + " are not 1 to 3 and 1 to 2");
        }
        if (bitsPerSecond < 1 || sampleRateHz < 1 || frameBytes < 1 || samples < 1) {
            throw new IllegalArgumentException(
                    "bit rate " + bitsPerSecond + ", rate " + sampleRateHz + ", frame bytes " + frameBytes + ", samples " + samples);
        }
    }

    /**
     * Reads a header.
     *
     * @param bytes a frame, or the start of one; what stands behind its first 4 bytes is not looked at
     * @return what the header says
     * @throws MalformedException if it is cut off, does not start with the syncword, a field has a reserved value, or it is of free format,
     *     whose frames do not say how long they are
     */
    public static MpegAudioHeader parse(Bytes bytes) throws MalformedException {
        if (bytes.size() < HEADER_BYTES) {
            throw new MalformedException("MPEG audio header is cut off after " + bytes.size() + " bytes, wanted 4");
        }
        int start = bytes.unsignedByteAt(0) << 8 | bytes.unsignedByteAt(1);
        if (start >> 5 != SYNCWORD) {
            throw new MalformedException("MPEG audio syncword " + Integer.toHexString(start >> 5) + " is not 7ff");
        }
        Version version = Version.ofBits(start >> 3 & 3);
        int layer = 4 - (start >> 1 & 3);
        if (layer > 3) {
            throw new MalformedException("MPEG audio layer 0 is reserved");
        }
        int third = bytes.unsignedByteAt(2);
        int bitsPerSecond = 1000 * kilobits(version, layer, third >> 4);
        int rateIndex = third >> 2 & 3;
        if (rateIndex == RESERVED) {
            throw new MalformedException("MPEG audio sampling frequency 3 is reserved");
        }
        int sampleRateHz = SAMPLE_RATES_HZ[rateIndex] >> version.rateShift;
        int samples = samples(version, layer);
        int slotBytes = layer == 1 ? 4 : 1;
        int slots = samples / 8 / slotBytes * bitsPerSecond / sampleRateHz + (third >> 1 & 1);
        int channels = bytes.unsignedByteAt(3) >> 6 == SINGLE_CHANNEL ? 1 : 2;
        return new MpegAudioHeader(version, layer, bitsPerSecond, sampleRateHz, channels, slots * slotBytes, samples);
    }

    private static int kilobits(Version version, int layer, int index) throws MalformedException {
        if (index == FREE_FORMAT || index > MAX_BIT_RATE_INDEX) {
            throw new MalformedException("MPEG audio bit rate index " + index + " is not 1 to 14");
        }
        if (version == Version.MPEG_1) {
            return KILOBITS[layer - 1][index - 1];
        }
        return (layer == 1 ? KILOBITS_LSF_1 : KILOBITS_LSF)[index - 1];
    }

    private static int samples(Version version, int layer) {
        return switch (layer) {
            case 1 -> 384;
            case 2 -> 1152;
            default -> version == Version.MPEG_1 ? 1152 : 576;
        };
    }

    /**
     * The codec string for playlists and media types (RFC 6381).
     *
     * @return {@code mp4a.40.34} for MP3, {@code mp4a.40.33} and {@code mp4a.40.32} for layers II and I
     */
    public String codecString() {
        return "mp4a.40." + (31 + layer);
    }
}
