package dev.millrace.codec.flac;

import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;

/**
 * What can be seen in a FLAC frame without decoding it. Thread-safe: it keeps nothing.
 *
 * <pre>
 * sync (15) blocking strategy (1) | block size (4) sample rate (4) | channels (4) bit depth (3) 0 (1) | number (8 to 56) | [block size - 1 (8 or 16)] ...
 * </pre>
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9639#section-9.1">RFC 9639, 9.1</a>
 */
public final class FlacFrame {

    private static final int SYNC = 0x7FFC;
    private static final int NUMBER_AT = 4;
    private static final int UNCOMMON_8_BITS = 6;
    private static final int UNCOMMON_16_BITS = 7;

    private FlacFrame() {}

    /**
     * Returns how many samples a frame has.
     *
     * @param frame the frame from its sync code on
     * @return samples for each channel, 1 to 65536
     * @throws MalformedException if it does not begin with a frame header, or is cut off within it
     */
    public static int samples(Bytes frame) throws MalformedException {
        if (frame.size() <= NUMBER_AT || (frame.unsignedByteAt(0) << 8 | frame.unsignedByteAt(1)) >> 1 != SYNC) {
            throw new MalformedException("FLAC frame of " + frame.size() + " bytes does not begin with a sync code");
        }
        int code = frame.unsignedByteAt(2) >> 4;
        return switch (code) {
            case 0 -> throw new MalformedException("FLAC block size 0 is reserved");
            case 1 -> 192;
            case 2, 3, 4, 5 -> 144 << code;
            case UNCOMMON_8_BITS -> byteAt(frame, numberEnd(frame)) + 1;
            case UNCOMMON_16_BITS -> (byteAt(frame, numberEnd(frame)) << 8 | byteAt(frame, numberEnd(frame) + 1)) + 1;
            default -> 1 << code;
        };
    }

    /** The number of the frame or of its first sample is coded as UTF-8 codes a character, of up to seven bytes. */
    private static int numberEnd(Bytes frame) {
        int leadingOnes = Integer.numberOfLeadingZeros(~(frame.byteAt(NUMBER_AT) << 24));
        return NUMBER_AT + Math.max(1, leadingOnes);
    }

    private static int byteAt(Bytes frame, int index) throws MalformedException {
        if (index >= frame.size()) {
            throw new MalformedException("FLAC frame header is cut off after " + frame.size() + " bytes, wanted " + (index + 1));
        }
        return frame.unsignedByteAt(index);
    }
}
