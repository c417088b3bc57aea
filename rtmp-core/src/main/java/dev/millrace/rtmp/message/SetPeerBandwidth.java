package dev.millrace.rtmp.message;

import dev.millrace.media.MalformedException;
import dev.millrace.rtmp.MessageType;
import io.netty.buffer.ByteBuf;

/**
 * The receiver shall not send more than this without an acknowledgement (RTMP 1.0, section 5.4.5).
 *
 * @param windowBytes 32 bits without sign
 * @param limitType 0 hard, 1 soft, 2 dynamic
 */
public record SetPeerBandwidth(int windowBytes, int limitType) implements RtmpMessage {

    /** The limit type that every server uses. */
    public static final int DYNAMIC = 2;

    static SetPeerBandwidth parse(ByteBuf body) throws MalformedException {
        Bodies.require("SetPeerBandwidth", body, 4);
        int windowBytes = body.readInt();
        // Old servers leave the type out.
        return new SetPeerBandwidth(windowBytes, body.isReadable() ? body.readUnsignedByte() : DYNAMIC);
    }

    @Override
    public int typeId() {
        return MessageType.SET_PEER_BANDWIDTH.number();
    }

    @Override
    public void writeTo(ByteBuf out) {
        out.writeInt(windowBytes);
        out.writeByte(limitType);
    }
}
