package dev.millrace.codec.vp9;

import dev.millrace.media.Bytes;

/** What can be seen in a VP9 frame without decoding it (VP9 bitstream, 6.2). Thread-safe: it keeps nothing. */
public final class Vp9Frame {

    private Vp9Frame() {}

    /**
     * Whether decoding can start at a frame, or at the first frame of a superframe.
     *
     * @param frame the frame
     * @return true for a keyframe
     */
    public static boolean isKeyframe(Bytes frame) {
        if (frame.size() == 0 || (frame.byteAt(0) & 0xC0) != 0x80) { // frame_marker(2), always 2
            return false;
        }
        boolean profile3 = (frame.byteAt(0) & 0x30) == 0x30; // profile_low_bit(1) profile_high_bit(1), then one reserved bit more
        int flags = frame.byteAt(0) >> (profile3 ? 1 : 2);
        return (flags & 0x03) == 0; // show_existing_frame(1) frame_type(1), both 0 for a new keyframe
    }
}
