package dev.millrace.codec.vp8;

import java.util.Objects;

/** What can be seen in a VP8 frame without decoding it (RFC 6386, 9.1). Thread-safe: it keeps nothing. */
public final class Vp8Frame {

    private Vp8Frame() {}

    /**
     * Whether decoding can start at a frame.
     *
     * @param body holds the frame; borrowed
     * @param offset the first byte of the frame
     * @param length bytes of the frame
     * @return true for a keyframe
     * @throws IndexOutOfBoundsException if the range is outside {@code body}
     */
    public static boolean isKeyframe(byte[] body, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, body.length);
        return length > 0 && (body[offset] & 0x01) == 0; // the lowest bit of the frame tag: 0 for a key frame
    }
}
