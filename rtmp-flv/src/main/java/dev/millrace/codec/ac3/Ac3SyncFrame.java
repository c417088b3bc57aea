package dev.millrace.codec.ac3;

import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;

/**
 * The header of an AC-3 or E-AC-3 frame. Immutable.
 *
 * <pre>
 * AC-3    syncword 0x0B77 (16) crc1 (16) fscod (2) frmsizecod (6) bsid (5) bsmod (3) acmod (3) [mix levels (2 each)] lfeon (1)
 * E-AC-3  syncword 0x0B77 (16) strmtyp (2) substreamid (3) frmsiz (11) fscod (2) numblkscod or fscod2 (2) acmod (3) lfeon (1) bsid (5)
 * </pre>
 *
 * @param enhanced whether it is E-AC-3
 * @param bitStreamId bsid: 0 to 10 for AC-3, 9 and 10 with a half and a quarter of the rates; 11 to 16 for E-AC-3
 * @param dependent whether the frame only adds channels to the one before it; false for AC-3
 * @param substreamId 0 to 7; 0 for AC-3
 * @param sampleRateHz 8000 to 48000
 * @param audioCodingMode acmod, which full channels there are: 0 two programs of one, 1 mono, 2 stereo, 3 to 7 three to five channels
 * @param lfe whether there is a low frequency channel
 * @param frameBytes the whole frame, 12 or more
 * @param bitsPerSecond of AC-3 the nominal bit rate, of E-AC-3 that of this frame
 * @param samples for each channel: 1536, or in E-AC-3 also 256, 512 or 768
 * @see <a href="https://www.atsc.org/documents/a-522018-digital-audio-compression-ac-3-e-ac-3-standard">ATSC A/52, 5.3 and E.1.2</a>
 */
public record Ac3SyncFrame(
        boolean enhanced,
        int bitStreamId,
        boolean dependent,
        int substreamId,
        int sampleRateHz,
        int audioCodingMode,
        boolean lfe,
        int frameBytes,
        int bitsPerSecond,
        int samples) {

    private static final int SYNCWORD = 0x0B77;
    private static final int HEADER_BYTES = 7;
    private static final int MAX_AC3_BSID = 10;
    private static final int MAX_BSID = 16;
    private static final int PLAIN_BSID = 8;
    private static final int BLOCK_SAMPLES = 256;
    private static final int AC3_BLOCKS = 6;
    private static final int RESERVED = 3;
    private static final int MIN_FRAME_BYTES = 12;

    private static final int[] SAMPLE_RATES_HZ = {48_000, 44_100, 32_000};
    private static final int[] KILOBITS = {32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512, 576, 640};
    private static final int[] BLOCKS = {1, 2, 3, 6};
    private static final int[] CHANNELS = {2, 1, 2, 3, 3, 4, 4, 5};

    /**
     * Checks the values that others are computed from.
     *
     * @throws IllegalArgumentException if {@code audioCodingMode} is not 0 to 7, or a rate, a size or a number of samples is not positive
     */
    public Ac3SyncFrame {
        if (audioCodingMode < 0 || audioCodingMode >= CHANNELS.length) {
            throw new IllegalArgumentException("audioCodingMode " + audioCodingMode + " is not 0 to 7");
        }
        if (sampleRateHz < 1 || frameBytes < 1 || bitsPerSecond < 1 || samples < 1) {
            throw new IllegalArgumentException(
                    "rate " + sampleRateHz + ", frame bytes " + frameBytes + ", bit rate " + bitsPerSecond + ", samples " + samples);
        }
    }

    /**
     * Reads the header of the first frame.
     *
     * @param bytes a frame, or the start of one; what stands behind its first 7 bytes is not looked at
     * @return what the header says
     * @throws MalformedException if it is cut off, does not start with the syncword in the order of the standard, or a field has a reserved value
     */
    public static Ac3SyncFrame parse(Bytes bytes) throws MalformedException {
        if (bytes.size() < HEADER_BYTES) {
            throw new MalformedException("AC-3 header is cut off after " + bytes.size() + " bytes, wanted 7");
        }
        int syncword = bytes.unsignedByteAt(0) << 8 | bytes.unsignedByteAt(1);
        if (syncword != SYNCWORD) {
            throw new MalformedException("AC-3 syncword " + Integer.toHexString(syncword) + " is not b77");
        }
        int bsid = bytes.unsignedByteAt(5) >> 3; // at the same place in both
        if (bsid > MAX_BSID) {
            throw new MalformedException("AC-3 bsid " + bsid + " is not 0 to 16");
        }
        return bsid > MAX_AC3_BSID ? parseEnhanced(bsid, bytes) : parsePlain(bsid, bytes);
    }

    private static Ac3SyncFrame parsePlain(int bsid, Bytes bytes) throws MalformedException {
        int fscod = bytes.unsignedByteAt(4) >> 6;
        int frmsizecod = bytes.unsignedByteAt(4) & 0x3F;
        if (fscod == RESERVED) {
            throw new MalformedException("AC-3 fscod 3 is reserved");
        }
        if (frmsizecod >= 2 * KILOBITS.length) {
            throw new MalformedException("AC-3 frmsizecod " + frmsizecod + " is not 0 to 37");
        }
        int shift = Math.max(0, bsid - PLAIN_BSID);
        int bitsPerSecond = KILOBITS[frmsizecod >> 1] * 1000;
        int sampleRateHz = SAMPLE_RATES_HZ[fscod];
        int words = bitsPerSecond / 16 * BLOCK_SAMPLES * AC3_BLOCKS / sampleRateHz;
        if (sampleRateHz == 44_100) {
            words += frmsizecod & 1; // frames of two sizes take turns
        }
        int mode = bytes.unsignedByteAt(6) >> 5;
        // cmixlev with three channels in front, surmixlev with channels behind, dsurmod with stereo: two bits each, then lfeon
        int mixBits = (mode & 1) != 0 && mode != 1 ? 2 : 0;
        mixBits += (mode & 4) != 0 ? 2 : 0;
        mixBits += mode == 2 ? 2 : 0;
        boolean lfe = (bytes.unsignedByteAt(6) >> 4 - mixBits & 1) != 0;
        return new Ac3SyncFrame(
                /* enhanced= */ false, bsid, /* dependent= */ false, /* substreamId= */ 0, sampleRateHz >> shift, mode, lfe,
                2 * words, bitsPerSecond >> shift, AC3_BLOCKS * BLOCK_SAMPLES);
    }

    private static Ac3SyncFrame parseEnhanced(int bsid, Bytes bytes) throws MalformedException {
        int strmtyp = bytes.unsignedByteAt(2) >> 6;
        int substreamId = bytes.unsignedByteAt(2) >> 3 & 7;
        int frameBytes = 2 * (1 + ((bytes.unsignedByteAt(2) & 7) << 8 | bytes.unsignedByteAt(3)));
        int rates = bytes.unsignedByteAt(4);
        int fscod = rates >> 6;
        int numblkscod = rates >> 4 & 3;
        if (strmtyp == RESERVED) {
            throw new MalformedException("E-AC-3 strmtyp 3 is reserved");
        }
        if (frameBytes < MIN_FRAME_BYTES) {
            throw new MalformedException("E-AC-3 frame of " + frameBytes + " bytes, wanted 12 or more");
        }
        boolean halfRate = fscod == RESERVED;
        if (halfRate && numblkscod == RESERVED) {
            throw new MalformedException("E-AC-3 fscod2 3 is reserved");
        }
        int sampleRateHz = halfRate ? SAMPLE_RATES_HZ[numblkscod] / 2 : SAMPLE_RATES_HZ[fscod];
        int samples = BLOCK_SAMPLES * (halfRate ? AC3_BLOCKS : BLOCKS[numblkscod]);
        int bitsPerSecond = 8 * frameBytes * sampleRateHz / samples; // at most 8 * 4096 * 48000 before it is divided
        return new Ac3SyncFrame(
                /* enhanced= */ true, bsid, strmtyp == 1, substreamId, sampleRateHz, rates >> 1 & 7, (rates & 1) != 0,
                frameBytes, bitsPerSecond, samples);
    }

    /**
     * The channels of this frame.
     *
     * @return 1 to 6, with the low frequency channel
     */
    public int channels() {
        return CHANNELS[audioCodingMode] + (lfe ? 1 : 0);
    }

    /**
     * The codec string for playlists and media types.
     *
     * @return {@code ac-3} or {@code ec-3}
     */
    public String codecString() {
        return enhanced ? "ec-3" : "ac-3";
    }
}
