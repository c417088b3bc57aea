package dev.millrace.codec;

import dev.millrace.codec.VideoDescription.Picture;
import dev.millrace.codec.vp8.Vp8KeyframeHeader;
import dev.millrace.codec.vp9.VpCodecConfigurationRecord;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;

/** VP8, which has the configuration record of VP9. */
final class Vp8Coding extends VpCoding {

    @Override
    String codecString(VpCodecConfigurationRecord record) {
        return "vp8";
    }

    @Override
    boolean isKeyframe(Bytes frame) {
        return frame.size() > 0 && (frame.byteAt(0) & 0x01) == 0; // RFC 6386, 9.1: 0 for a key frame
    }

    @Override
    Picture resized(Picture known, Bytes keyframe) throws MalformedException {
        Vp8KeyframeHeader header = Vp8KeyframeHeader.parse(keyframe);
        return known.withSize(header.width(), header.height());
    }
}
