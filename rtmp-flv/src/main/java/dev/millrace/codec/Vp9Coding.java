package dev.millrace.codec;

import dev.millrace.codec.VideoDescription.Picture;
import dev.millrace.codec.vp9.Vp9KeyframeHeader;
import dev.millrace.codec.vp9.VpCodecConfigurationRecord;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;

/** VP9. */
final class Vp9Coding extends VpCoding {

    @Override
    String codecString(VpCodecConfigurationRecord record) {
        return record.codecString();
    }

    /** VP9 bitstream, 6.2. */
    @Override
    boolean isKeyframe(Bytes frame) {
        if (frame.size() == 0 || (frame.byteAt(0) & 0xC0) != 0x80) { // frame_marker(2), always 2
            return false;
        }
        boolean profile3 = (frame.byteAt(0) & 0x30) == 0x30; // profile_low_bit(1), profile_high_bit(1), then a reserved bit
        int flags = frame.byteAt(0) >> (profile3 ? 1 : 2);
        return (flags & 0x03) == 0; // show_existing_frame(1), frame_type(1), both 0 for a new keyframe
    }

    @Override
    Picture resized(Picture known, Bytes keyframe) throws MalformedException {
        Vp9KeyframeHeader header = Vp9KeyframeHeader.parse(keyframe);
        return known.withSize(header.width(), header.height());
    }
}
