package dev.millrace.rtmp.stream;

import dev.millrace.flv.FlvFrames;
import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.FrameInfo;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;

/** Frames for tests, by hand. */
final class Frames {

    private Frames() {}

    /** A legacy AVC keyframe. */
    static MediaFrame key(long millis) {
        return video(millis, "17 01 000000 65aabb");
    }

    /** A legacy AVC inter frame. */
    static MediaFrame inter(long millis) {
        return video(millis, "27 01 000000 41ccdd");
    }

    /** A legacy AAC frame. */
    static MediaFrame audio(long millis) {
        return audio(millis, "af 01 112233");
    }

    /** A legacy AVC sequence header of version {@code n}. */
    static MediaFrame videoHeader(int n) {
        return video(0, String.format("17 00 000000 0164001f%02x", n));
    }

    /** A legacy AAC sequence header of version {@code n}. */
    static MediaFrame audioHeader(int n) {
        return audio(0, String.format("af 00 12%02x", n));
    }

    static MediaFrame metadata(int n) {
        return MediaFrame.takeOver(FrameInfo.METADATA, 0, TrackedBuffers.bytes(String.format("02 000a 6f6e4d65746144617461 05 %02x", n)));
    }

    static MediaFrame data(long millis) {
        return MediaFrame.takeOver(FrameInfo.DATA, millis, TrackedBuffers.bytes("02 0004 6f6e4649 05"));
    }

    /** A legacy AVC frame of a certain size. */
    static MediaFrame videoOf(boolean key, long millis, int size) {
        byte[] bytes = new byte[size];
        bytes[0] = (byte) (key ? 0x17 : 0x27);
        bytes[1] = 1;
        return videoOf(millis, bytes);
    }

    static MediaFrame video(long millis, String hex) {
        return videoOf(millis, TrackedBuffers.bytes(hex));
    }

    static MediaFrame audio(long millis, String hex) {
        return audioOf(millis, TrackedBuffers.bytes(hex));
    }

    static MediaFrame videoOf(long millis, byte[] bytes) {
        try {
            return FlvFrames.video(millis, bytes);
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    static MediaFrame audioOf(long millis, byte[] bytes) {
        try {
            return FlvFrames.audio(millis, bytes);
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    /** One word: K, P, A and D with a time; VH, AH and M with the version; C and the codec; X for a command; behind {@code #} the track. */
    static String text(MediaFrame frame) {
        String version = frame.size() == 0 ? "" : Integer.toString(frame.byteAt(frame.size() - 1));
        String word = switch (frame.role()) {
            case METADATA -> "M" + version;
            case SEQUENCE_HEADER -> (frame.kind() == MediaKind.VIDEO ? "VH" : "AH") + version;
            case CONFIGURATION -> "C" + version;
            case COMMAND -> "X";
            case DATA -> "D";
            default -> frame.kind() == MediaKind.AUDIO ? "A" : frame.isKeyframe() ? "K" : "P";
        };
        boolean versioned = word.length() > 1;
        String track = frame.trackId() == 0 ? "" : "#" + frame.trackId();
        return versioned && frame.timestampMillis() == 0 ? word + track : word + track + (versioned ? "@" : "") + frame.timestampMillis();
    }
}
