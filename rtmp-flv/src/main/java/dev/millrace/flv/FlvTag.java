package dev.millrace.flv;

import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import java.util.Objects;

/**
 * One tag of an FLV file (FLV 10.1, annex E.4.1).
 *
 * @param typeId 8 audio, 9 video, 18 script data, 15 script data of Enhanced RTMP with one byte in front
 * @param timestampMillis 32 bits with sign, as the file has it
 * @param body what an RTMP message of that type carries; at most 16,777,215 bytes
 */
public record FlvTag(int typeId, int timestampMillis, Bytes body) {

    /** Script data with a format byte in front of the AMF0 values. */
    static final int SCRIPT_AMF3 = 15;

    /** Longest body that the size field can say. */
    public static final int MAX_BODY_BYTES = 0xFFFFFF;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if the type is not one of the four or the body is too long
     */
    public FlvTag {
        Objects.requireNonNull(body, "body");
        if (!isKnown(typeId)) {
            throw new IllegalArgumentException("typeId " + typeId + " is not 8, 9, 15 or 18");
        }
        if (body.size() > MAX_BODY_BYTES) {
            throw new IllegalArgumentException("body of " + body.size() + " bytes is longer than " + MAX_BODY_BYTES);
        }
    }

    static boolean isKnown(int typeId) {
        return typeId == MediaKind.AUDIO.typeId()
                || typeId == MediaKind.VIDEO.typeId()
                || typeId == MediaKind.DATA.typeId()
                || typeId == SCRIPT_AMF3;
    }

    /**
     * A tag of a frame.
     *
     * @param frame what it holds
     * @param timestampMillis its time in the file
     * @return a tag with the frame's body
     */
    public static FlvTag of(MediaFrame frame, int timestampMillis) {
        return new FlvTag(frame.kind().typeId(), timestampMillis, frame.bytes());
    }

    /**
     * The frame of the tag.
     *
     * @return audio, video or data, at the tag's time
     * @throws MalformedException if the body is no legal message
     */
    public MediaFrame toFrame() throws MalformedException {
        if (typeId == MediaKind.AUDIO.typeId()) {
            return FlvFrames.audio(timestampMillis, body.toByteArray());
        }
        if (typeId == MediaKind.VIDEO.typeId()) {
            return FlvFrames.video(timestampMillis, body.toByteArray());
        }
        boolean prefixed = typeId == SCRIPT_AMF3 && body.size() > 0 && body.byteAt(0) == 0;
        Bytes values = prefixed ? body.slice(1, body.size() - 1) : body;
        return DataMessages.frame(timestampMillis, values.toByteArray());
    }
}
