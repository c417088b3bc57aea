package dev.millrace.rtmp.message;

import dev.millrace.media.MalformedException;
import dev.millrace.rtmp.MessageType;
import io.netty.buffer.ByteBuf;

/**
 * The rest of a message will not come (RTMP 1.0, section 5.4.2).
 *
 * @param chunkStreamId whose message is given up
 */
public record Abort(int chunkStreamId) implements RtmpMessage {

    static Abort parse(ByteBuf body) throws MalformedException {
        Bodies.require("Abort", body, 4);
        return new Abort(body.readInt());
    }

    @Override
    public int typeId() {
        return MessageType.ABORT.number();
    }

    @Override
    public void writeTo(ByteBuf out) {
        out.writeInt(chunkStreamId);
    }
}
