package dev.millrace.rtmp.message;

import dev.millrace.media.MalformedException;
import dev.millrace.rtmp.MessageType;
import io.netty.buffer.ByteBuf;

/**
 * The sender's chunks are at most so long from the next one on (RTMP 1.0, section 5.4.1).
 *
 * @param chunkBytes 1 to 2147483647
 */
public record SetChunkSize(int chunkBytes) implements RtmpMessage {

    static SetChunkSize parse(ByteBuf body) throws MalformedException {
        Bodies.require("SetChunkSize", body, 4);
        return new SetChunkSize(body.readInt());
    }

    @Override
    public int typeId() {
        return MessageType.SET_CHUNK_SIZE.number();
    }

    @Override
    public void writeTo(ByteBuf out) {
        out.writeInt(chunkBytes);
    }
}
