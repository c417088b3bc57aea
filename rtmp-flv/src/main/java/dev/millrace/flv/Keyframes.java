package dev.millrace.flv;

import dev.millrace.codec.av1.Av1TemporalUnit;
import dev.millrace.codec.avc.AvcAccessUnit;
import dev.millrace.codec.hevc.HevcAccessUnit;
import dev.millrace.codec.vp8.Vp8Frame;
import dev.millrace.codec.vp9.Vp9Frame;
import dev.millrace.codec.vvc.VvcAccessUnit;

/** Tells keyframes by what is coded, for senders that write frame type 0. NAL units are taken to have lengths of four bytes. */
final class Keyframes {

    private Keyframes() {}

    static boolean isKeyframe(byte[] message, TagTrack track) {
        int offset = track.bodyOffset();
        int length = track.bodyLength();
        return switch (track.codec()) {
            case AVC -> AvcAccessUnit.isKeyframe(message, offset, length);
            case HEVC -> HevcAccessUnit.isKeyframe(message, offset, length);
            case VVC -> VvcAccessUnit.isKeyframe(message, offset, length);
            case AV1 -> Av1TemporalUnit.isKeyframe(message, offset, length);
            case VP9 -> Vp9Frame.isKeyframe(message, offset, length);
            case VP8 -> Vp8Frame.isKeyframe(message, offset, length);
            default -> false;
        };
    }
}
