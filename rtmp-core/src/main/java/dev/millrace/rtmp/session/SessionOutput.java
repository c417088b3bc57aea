package dev.millrace.rtmp.session;

import dev.millrace.amf.Amf0Writer;
import dev.millrace.amf.AmfValue;
import dev.millrace.media.MediaKind;
import dev.millrace.rtmp.chunk.ChunkMessage;
import dev.millrace.rtmp.chunk.ChunkWriter;
import dev.millrace.rtmp.message.RtmpMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.List;

/** The bytes that a session has to send, gathered in one buffer until they are taken. */
final class SessionOutput {

    /** The default chunk size, until another is announced: RTMP 1.0, section 5.4.1. */
    private static final ChunkWriter DEFAULT_CHUNKS = new ChunkWriter(128);

    private final ByteBufAllocator allocator;
    private ChunkWriter writer = DEFAULT_CHUNKS;
    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private boolean released;

    SessionOutput(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /** Where bytes that are no messages go: the handshake. */
    ByteBuf buffer() {
        if (buffer == Unpooled.EMPTY_BUFFER) {
            buffer = allocator.buffer();
        }
        return buffer;
    }

    void send(int chunkStreamId, int messageStreamId, RtmpMessage message) {
        ByteBuf body = Unpooled.buffer();
        message.writeTo(body);
        byte[] payload = new byte[body.readableBytes()];
        body.readBytes(payload);
        send(new ChunkMessage(chunkStreamId, 0, message.typeId(), messageStreamId, payload));
    }

    void sendData(int chunkStreamId, int messageStreamId, List<AmfValue> values) {
        ByteBuf body = Unpooled.buffer();
        Amf0Writer.writeAll(values, body);
        byte[] payload = new byte[body.readableBytes()];
        body.readBytes(payload);
        send(new ChunkMessage(chunkStreamId, 0, MediaKind.DATA.typeId(), messageStreamId, payload));
    }

    void send(ChunkMessage message) {
        if (!released) {
            writer.write(message, buffer());
        }
    }

    /** From the next message on; the peer has been told by then. */
    void chunkBytes(int bytes) {
        writer = new ChunkWriter(bytes);
    }

    int chunkBytes() {
        return writer.chunkBytes();
    }

    boolean isEmpty() {
        return buffer == Unpooled.EMPTY_BUFFER;
    }

    ByteBuf take() {
        ByteBuf taken = buffer;
        buffer = Unpooled.EMPTY_BUFFER;
        return taken;
    }

    /** Gives up what was not taken. What is sent from now on goes nowhere. */
    void release() {
        released = true;
        take().release();
    }
}
