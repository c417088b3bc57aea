package dev.millrace.codec;

import dev.millrace.codec.VideoDescription.Picture;
import dev.millrace.codec.nal.NalUnits;
import dev.millrace.codec.vp9.VpCodecConfigurationRecord;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import dev.millrace.media.RandomAccess;
import java.util.Optional;
import java.util.OptionalDouble;

/** VP8 and VP9. Their record says nothing of the size, which each keyframe has. */
abstract sealed class VpCoding extends VideoCoding permits Vp8Coding, Vp9Coding {

    abstract String codecString(VpCodecConfigurationRecord record);

    /** Whether a frame, or the first frame of a superframe, is a keyframe. */
    abstract boolean isKeyframe(Bytes frame);

    /** The picture with the size that a keyframe states. */
    abstract Picture resized(Picture known, Bytes keyframe) throws MalformedException;

    @Override
    public final VideoDescription configure(Bytes body) throws MalformedException {
        VpCodecConfigurationRecord record = VpCodecConfigurationRecord.parse(body);
        Optional<String> profile = Optional.of("Profile " + record.profile());
        return VideoDescription.of(body, new Picture(Optional.of(codecString(record)), profile, 0, 0, OptionalDouble.empty()));
    }

    @Override
    public final VideoDescription learn(
            VideoDescription known, Bytes message, int offset, int length, NalUnits units, RandomAccess access)
            throws MalformedException {
        return access == RandomAccess.NONE ? known : known.withPicture(resized(known.picture(), message.slice(offset, length)));
    }

    @Override
    public final RandomAccess randomAccess(Bytes message, int offset, int length, NalUnits units, boolean labelled) {
        return isKeyframe(message.slice(offset, length)) ? RandomAccess.CLEAN : RandomAccess.NONE;
    }
}
