package dev.millrace.rtmp.stream;

import dev.millrace.media.FrameInfo;
import dev.millrace.media.MediaFrame;
import java.util.SplittableRandom;

/** Frames that follow from their number alone, every byte of them; it is also their time. */
final class StressFrames {

    /** From one keyframe to the next. */
    static final int GROUP = 25;

    /** From one video header to the next. */
    private static final int HEADER_GROUP = 100;

    private static final int MAX_BODY_BYTES = 700;

    private static final byte[] KEY = {0x17, 1, 0, 0, 0};
    private static final byte[] INTER = {0x27, 1, 0, 0, 0};
    private static final byte[] AUDIO = {(byte) 0xaf, 1};
    private static final byte[] DATA = {2, 0, 4, 'o', 'n', 'F', 'I', 5};

    private StressFrames() {}

    static MediaFrame frame(long number) {
        if (isKey(number)) {
            return Frames.videoOf(number, bytes(KEY, number));
        }
        if (number % 50 == 7) {
            return MediaFrame.takeOver(FrameInfo.DATA, number, bytes(DATA, number));
        }
        return number % 3 == 0 ? Frames.audioOf(number, bytes(AUDIO, number)) : Frames.videoOf(number, bytes(INTER, number));
    }

    static boolean isKey(long number) {
        return number % GROUP == 0;
    }

    private static byte[] bytes(byte[] start, long number) {
        SplittableRandom random = new SplittableRandom(number);
        byte[] body = new byte[random.nextInt(MAX_BODY_BYTES)];
        random.nextBytes(body);
        byte[] bytes = new byte[start.length + body.length + 1];
        System.arraycopy(start, 0, bytes, 0, start.length);
        System.arraycopy(body, 0, bytes, start.length, body.length);
        bytes[bytes.length - 1] = 1; // an audio or video message needs a body
        return bytes;
    }

    /** Whether the video header changes before a frame. */
    static boolean hasNewHeader(long number) {
        return number % HEADER_GROUP == 0;
    }

    /** The video header that holds for a frame. */
    static MediaFrame header(long number) {
        return Frames.videoHeader((int) (number / HEADER_GROUP) & 0x7F);
    }

    /** Throws if a frame is not, byte for byte, the one of its time. */
    static void check(MediaFrame frame) {
        if (!frame.hasSameContent(frame(frame.timestampMillis()))) {
            throw new AssertionError("torn frame: " + frame);
        }
    }
}
