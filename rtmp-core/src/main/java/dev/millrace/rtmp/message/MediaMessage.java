package dev.millrace.rtmp.message;

import dev.millrace.media.MediaKind;
import io.netty.buffer.ByteBuf;
import java.util.Objects;

/**
 * Audio, video or data. What is inside is not looked at here.
 *
 * @param kind which of the three
 * @param payload the body, of data messages always in AMF0; belongs to whoever holds the message
 */
public record MediaMessage(MediaKind kind, byte[] payload) implements RtmpMessage {

    /** Checks for null. */
    public MediaMessage {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(payload, "payload");
    }

    @Override
    public int typeId() {
        return kind.typeId();
    }

    @Override
    public void writeTo(ByteBuf out) {
        out.writeBytes(payload);
    }
}
