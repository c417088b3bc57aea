package dev.millrace.rtmp.message;

import dev.millrace.rtmp.MessageType;
import io.netty.buffer.ByteBuf;
import java.util.Objects;

/**
 * A message of a type that is not handled.
 *
 * @param typeId 0 to 255
 * @param payload the body; belongs to whoever holds the message
 */
public record UnknownMessage(int typeId, byte[] payload) implements RtmpMessage {

    /** Checks for null. */
    public UnknownMessage {
        Objects.requireNonNull(payload, "payload");
    }

    /**
     * Whether this is a shared object, which the specification knows and this library ignores.
     *
     * @return true for types 16 and 19
     */
    public boolean isSharedObject() {
        MessageType type = MessageType.of(typeId);
        return type == MessageType.SHARED_OBJECT_AMF0 || type == MessageType.SHARED_OBJECT_AMF3;
    }

    @Override
    public void writeTo(ByteBuf out) {
        out.writeBytes(payload);
    }
}
