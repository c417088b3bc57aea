package dev.millrace.codec;

import dev.millrace.codec.VideoDescription.Picture;
import dev.millrace.codec.nal.NalUnits;
import dev.millrace.codec.vp8.Vp8KeyframeHeader;
import dev.millrace.codec.vp9.VpCodecConfigurationRecord;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import dev.millrace.media.RandomAccess;
import java.util.Optional;
import java.util.OptionalDouble;

/** VP8. It has the record of VP9, and its size in each key frame. */
final class Vp8Coding extends VideoCoding {

    private static final String CODEC_STRING = "vp8";

    @Override
    public VideoDescription configure(Bytes body) throws MalformedException {
        VpCodecConfigurationRecord record = VpCodecConfigurationRecord.parse(body);
        return VideoDescription.of(
                body,
                new Picture(
                        Optional.of(CODEC_STRING), Optional.of("Profile " + record.profile()), 0, 0, OptionalDouble.empty()));
    }

    @Override
    public VideoDescription learn(
            VideoDescription known, Bytes message, int offset, int length, NalUnits units, RandomAccess access) throws MalformedException {
        if (access == RandomAccess.NONE) {
            return known;
        }
        Vp8KeyframeHeader header = Vp8KeyframeHeader.parse(message.slice(offset, length));
        return known.withPicture(known.picture().withSize(header.width(), header.height()));
    }

    @Override
    public RandomAccess randomAccess(Bytes message, int offset, int length, NalUnits units, boolean labelled) {
        Bytes frame = message.slice(offset, length);
        boolean keyframe = frame.size() > 0 && (frame.byteAt(0) & 0x01) == 0; // RFC 6386, 9.1: 0 for a key frame
        return keyframe ? RandomAccess.CLEAN : RandomAccess.NONE;
    }
}
