package dev.millrace.codec.vp8;

import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;

/**
 * What the header of a VP8 keyframe says (RFC 6386, 9.1). Immutable.
 *
 * <pre>
 * frame tag (24) | 9d012a | width (14) and scale (2), low byte first | height (14) and scale (2), low byte first
 * </pre>
 *
 * @param width samples a line, 1 to 16383
 * @param height lines, 1 to 16383
 */
public record Vp8KeyframeHeader(int width, int height) {

    private static final int BYTES = 10;
    private static final int START_CODE = 0x9D012A;
    private static final int SIZE_MASK = 0x3FFF;

    /**
     * Parses the header of a keyframe.
     *
     * @param frame a coded frame
     * @return what it says
     * @throws MalformedException if it is no keyframe, cut off, or has no size
     */
    public static Vp8KeyframeHeader parse(Bytes frame) throws MalformedException {
        if (frame.size() < BYTES) {
            throw new MalformedException("keyframe header of " + frame.size() + " bytes is not " + BYTES);
        }
        if ((frame.byteAt(0) & 1) != 0) {
            throw new MalformedException("frame type 1 is not 0, a keyframe");
        }
        int startCode = frame.unsignedByteAt(3) << 16 | frame.unsignedByteAt(4) << 8 | frame.unsignedByteAt(5);
        if (startCode != START_CODE) {
            throw new MalformedException("start code " + startCode + " is not " + START_CODE);
        }
        int width = (frame.unsignedByteAt(6) | frame.unsignedByteAt(7) << 8) & SIZE_MASK;
        int height = (frame.unsignedByteAt(8) | frame.unsignedByteAt(9) << 8) & SIZE_MASK;
        if (width == 0 || height == 0) {
            throw new MalformedException("size " + width + "x" + height + " is not 1x1 to " + SIZE_MASK + "x" + SIZE_MASK);
        }
        return new Vp8KeyframeHeader(width, height);
    }
}
