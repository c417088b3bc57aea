package dev.millrace.codec;

import dev.millrace.codec.VideoDescription.Picture;
import dev.millrace.codec.nal.NalUnits;
import dev.millrace.codec.vp9.Vp9KeyframeHeader;
import dev.millrace.codec.vp9.VpCodecConfigurationRecord;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import dev.millrace.media.RandomAccess;
import java.util.Optional;
import java.util.OptionalDouble;

/** VP9. Its record says nothing of the size, which each key frame has. */
final class Vp9Coding extends VideoCoding {

    @Override
    public VideoDescription configure(Bytes body) throws MalformedException {
        VpCodecConfigurationRecord record = VpCodecConfigurationRecord.parse(body);
        return VideoDescription.of(
                body,
                new Picture(
                        Optional.of(record.codecString()),
                        Optional.of("Profile " + record.profile()),
                        0,
                        0,
                        OptionalDouble.empty()));
    }

    @Override
    public VideoDescription learn(
            VideoDescription known, Bytes message, int offset, int length, NalUnits units, RandomAccess access) throws MalformedException {
        if (access == RandomAccess.NONE) {
            return known;
        }
        Vp9KeyframeHeader header = Vp9KeyframeHeader.parse(message.slice(offset, length));
        return known.withPicture(known.picture().withSize(header.width(), header.height()));
    }

    @Override
    public RandomAccess randomAccess(Bytes message, int offset, int length, NalUnits units, boolean labelled) {
        return isKeyframe(message.slice(offset, length)) ? RandomAccess.CLEAN : RandomAccess.NONE;
    }

    /** Whether a frame, or the first frame of a superframe, is a keyframe (VP9 bitstream, 6.2). */
    private static boolean isKeyframe(Bytes frame) {
        if (frame.size() == 0 || (frame.byteAt(0) & 0xC0) != 0x80) { // frame_marker(2), always 2
            return false;
        }
        boolean profile3 = (frame.byteAt(0) & 0x30) == 0x30; // profile_low_bit(1), profile_high_bit(1), then a reserved bit
        int flags = frame.byteAt(0) >> (profile3 ? 1 : 2);
        return (flags & 0x03) == 0; // show_existing_frame(1), frame_type(1), both 0 for a new keyframe
    }
}
