package dev.millrace.codec.vp8;

import dev.millrace.media.Bytes;

/** What can be seen in a VP8 frame without decoding it (RFC 6386, 9.1). Thread-safe: it keeps nothing. */
public final class Vp8Frame {

    private Vp8Frame() {}

    /**
     * Whether decoding can start at a frame.
     *
     * @param frame the frame
     * @return true for a keyframe
     */
    public static boolean isKeyframe(Bytes frame) {
        return frame.size() > 0 && (frame.byteAt(0) & 0x01) == 0; // the lowest bit of the frame tag: 0 for a key frame
    }
}
