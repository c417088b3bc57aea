package dev.millrace.hls.segment;

import dev.millrace.flv.AudioTag;
import dev.millrace.flv.TagTrack;
import dev.millrace.flv.VideoTag;
import dev.millrace.media.Bytes;
import dev.millrace.media.Codec;
import dev.millrace.media.FrameRole;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import java.util.List;

/**
 * Where a message has the body of track 0. One object serves all messages of a stream: the usual headers are read without allocation, those
 * with tracks or ModEx records are left to {@link VideoTag} and {@link AudioTag}. Confined to one thread.
 */
final class TagBody {

    private static final int ENHANCED_VIDEO_BIT = 0x80;
    private static final int ENHANCED_SOUND_FORMAT = 9;
    private static final int AVC_CODEC_ID = 7;
    private static final int AVC_HEADER_BYTES = 5;
    private static final int AAC_SOUND_FORMAT = 10;
    private static final int FOUR_CC_HEADER_BYTES = 5;
    private static final int COMPOSITION_TIME_BYTES = 3;

    // Packet types of Enhanced RTMP that need no more than a FourCC behind them.
    private static final int SEQUENCE_START = 0;
    private static final int CODED_FRAMES = 1;
    private static final int CODED_FRAMES_X = 3;

    private static final long TICKS_A_MILLI = 90;
    private static final long NANOS_A_TICK = 100_000 / 9; // 11,111.1, close enough for what is less than a millisecond

    private Codec codec = Codec.NONE;
    private int from;
    private int length;
    private long compositionTicks;

    /**
     * Finds the body.
     *
     * @param frame audio or video, coded or a sequence header
     * @return false if nothing in it is of track 0
     * @throws MalformedException if a header is damaged
     */
    boolean find(MediaFrame frame) throws MalformedException {
        if (frame.size() == 0) {
            throw new MalformedException("message of 0 bytes has no header");
        }
        if (frame.trackId() != 0) {
            return false;
        }
        return frame.kind() == MediaKind.VIDEO ? findVideo(frame) : findAudio(frame);
    }

    private boolean findVideo(MediaFrame frame) throws MalformedException {
        int first = frame.byteAt(0) & 0xFF;
        int low = first & 0x0F;
        if ((first & ENHANCED_VIDEO_BIT) == 0 && low == AVC_CODEC_ID && frame.size() >= AVC_HEADER_BYTES) {
            boolean coded = frame.role() == FrameRole.CODED;
            set(frame, Codec.AVC, AVC_HEADER_BYTES, coded ? mediumAt(frame, 2) : 0);
            return true;
        }
        boolean plain = low == SEQUENCE_START || low == CODED_FRAMES || low == CODED_FRAMES_X;
        if ((first & ENHANCED_VIDEO_BIT) != 0 && plain && isFourCc(frame) && isComposed(frame.codec())) {
            boolean composed = low == CODED_FRAMES && frame.size() >= FOUR_CC_HEADER_BYTES + COMPOSITION_TIME_BYTES;
            if (composed) {
                set(frame, frame.codec(), FOUR_CC_HEADER_BYTES + COMPOSITION_TIME_BYTES, mediumAt(frame, FOUR_CC_HEADER_BYTES));
                return true;
            }
            if (low != CODED_FRAMES) {
                set(frame, frame.codec(), FOUR_CC_HEADER_BYTES, 0);
                return true;
            }
        }
        VideoTag tag = VideoTag.parse(frame.toByteArray());
        return findTrack(tag.tracks(), tag.timestampOffsetNanos());
    }

    private static boolean isComposed(Codec codec) {
        return codec == Codec.AVC || codec == Codec.HEVC;
    }

    private boolean findAudio(MediaFrame frame) throws MalformedException {
        int first = frame.byteAt(0) & 0xFF;
        int low = first & 0x0F;
        if (first >> 4 == AAC_SOUND_FORMAT && frame.size() >= 2) {
            set(frame, Codec.AAC, 2, 0);
            return true;
        }
        if (first >> 4 == ENHANCED_SOUND_FORMAT && (low == SEQUENCE_START || low == CODED_FRAMES) && isFourCc(frame)) {
            set(frame, frame.codec(), FOUR_CC_HEADER_BYTES, 0);
            return true;
        }
        AudioTag tag = AudioTag.parse(frame.toByteArray());
        return findTrack(tag.tracks(), tag.timestampOffsetNanos());
    }

    /** Whether the FourCC is that of the frame's codec. */
    private static boolean isFourCc(MediaFrame frame) {
        return frame.size() >= FOUR_CC_HEADER_BYTES
                && frame.codec().fourCc().isPresent()
                && (mediumAt(frame, 1) << 8 | frame.byteAt(4) & 0xFF) == frame.codec().fourCcValue();
    }

    /** Three bytes with sign. */
    private static int mediumAt(MediaFrame frame, int at) {
        return frame.byteAt(at) << 16 | (frame.byteAt(at + 1) & 0xFF) << 8 | frame.byteAt(at + 2) & 0xFF;
    }

    private void set(MediaFrame frame, Codec found, int bodyOffset, int compositionTimeMillis) {
        codec = found;
        from = bodyOffset;
        length = frame.size() - bodyOffset;
        compositionTicks = compositionTimeMillis * TICKS_A_MILLI;
    }

    private boolean findTrack(List<TagTrack> tracks, int timestampOffsetNanos) {
        for (TagTrack track : tracks) {
            if (track.trackId() == 0) {
                codec = track.codec();
                from = track.bodyOffset();
                length = track.bodyLength();
                compositionTicks = track.compositionTimeMillis() * TICKS_A_MILLI + timestampOffsetNanos / NANOS_A_TICK;
                return true;
            }
        }
        return false;
    }

    Codec codec() {
        return codec;
    }

    int from() {
        return from;
    }

    int length() {
        return length;
    }

    /** What the presentation time is behind the decoding time, may be negative. */
    long compositionTicks() {
        return compositionTicks;
    }

    /** Copies the first bytes of the body. */
    Bytes copy(MediaFrame frame, int atMost) {
        return copy(frame, 0, atMost);
    }

    /** Copies bytes of the body from a place in it on. */
    Bytes copy(MediaFrame frame, int at, int atMost) {
        byte[] bytes = new byte[Math.min(atMost, length - at)];
        frame.getBytes(from + at, bytes, 0, bytes.length);
        return Bytes.takeOver(bytes);
    }
}
