package dev.millrace.rtmp.message;

import dev.millrace.media.MalformedException;
import dev.millrace.rtmp.MessageType;
import io.netty.buffer.ByteBuf;

/**
 * The sender wants an acknowledgement after so many bytes (RTMP 1.0, section 5.4.4).
 *
 * @param windowBytes 32 bits without sign
 */
public record WindowAcknowledgementSize(int windowBytes) implements RtmpMessage {

    static WindowAcknowledgementSize parse(ByteBuf body) throws MalformedException {
        Bodies.require("WindowAcknowledgementSize", body, 4);
        return new WindowAcknowledgementSize(body.readInt());
    }

    @Override
    public int typeId() {
        return MessageType.WINDOW_ACKNOWLEDGEMENT_SIZE.number();
    }

    @Override
    public void writeTo(ByteBuf out) {
        out.writeInt(windowBytes);
    }
}
