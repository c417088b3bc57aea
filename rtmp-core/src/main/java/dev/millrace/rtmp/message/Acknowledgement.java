package dev.millrace.rtmp.message;

import dev.millrace.media.MalformedException;
import io.netty.buffer.ByteBuf;

/**
 * So many bytes have arrived (RTMP 1.0, section 5.4.3).
 *
 * @param sequenceNumber all bytes received so far, modulo 2<sup>32</sup>
 */
public record Acknowledgement(int sequenceNumber) implements RtmpMessage {

    static final int TYPE_ID = 3;

    static Acknowledgement parse(ByteBuf body) throws MalformedException {
        Bodies.require("Acknowledgement", body, 4);
        return new Acknowledgement(body.readInt());
    }

    @Override
    public int typeId() {
        return TYPE_ID;
    }

    @Override
    public void writeTo(ByteBuf out) {
        out.writeInt(sequenceNumber);
    }
}
