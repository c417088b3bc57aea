package dev.millrace.rtmp.message;

import dev.millrace.media.MalformedException;
import dev.millrace.rtmp.MessageType;
import io.netty.buffer.ByteBuf;

/**
 * So many bytes have arrived (RTMP 1.0, section 5.4.3).
 *
 * @param sequenceNumber all bytes received so far, modulo 2<sup>32</sup>
 */
public record Acknowledgement(int sequenceNumber) implements RtmpMessage {

    static Acknowledgement parse(ByteBuf body) throws MalformedException {
        Bodies.require("Acknowledgement", body, 4);
        return new Acknowledgement(body.readInt());
    }

    @Override
    public int typeId() {
        return MessageType.ACKNOWLEDGEMENT.number();
    }

    @Override
    public void writeTo(ByteBuf out) {
        out.writeInt(sequenceNumber);
    }
}
