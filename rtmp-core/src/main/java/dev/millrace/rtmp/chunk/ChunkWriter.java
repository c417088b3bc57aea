package dev.millrace.rtmp.chunk;

import dev.millrace.media.FrameInfo;
import dev.millrace.media.MediaFrame;
import io.netty.buffer.ByteBuf;

/**
 * Cuts messages into chunks (RTMP 1.0, section 5.3).
 *
 * <p>Every message begins with a full header (format 0) and goes on with format 3, so what is written does not depend on what went before: the
 * same bytes serve every receiver with the same chunk size and message stream. The extended timestamp is repeated in each continuation, which is
 * what all receivers understand. Immutable.
 */
public final class ChunkWriter {

    private static final int EXTENDED = 0xFFFFFF;

    private final int chunkBytes;

    /**
     * Makes a writer.
     *
     * @param chunkBytes the chunk size that the receiver has been told, or 128 before that; 1 to 16,777,215
     * @throws IllegalArgumentException if it is not
     */
    public ChunkWriter(int chunkBytes) {
        if (chunkBytes < 1 || chunkBytes > 0xFFFFFF) {
            throw new IllegalArgumentException("chunk size " + chunkBytes + " is not 1 to 16777215");
        }
        this.chunkBytes = chunkBytes;
    }

    /**
     * The chunk size.
     *
     * @return bytes
     */
    public int chunkBytes() {
        return chunkBytes;
    }

    /**
     * How many bytes a message takes on the wire.
     *
     * @param chunkStreamId 2 to 65599
     * @param timestampMillis 32 bits without sign
     * @param payloadBytes length of the body
     * @return bytes with all chunk headers
     */
    public int wireBytes(int chunkStreamId, int timestampMillis, int payloadBytes) {
        int extended = isExtended(timestampMillis) ? 4 : 0;
        int basic = chunkStreamId < 64 ? 1 : chunkStreamId < 320 ? 2 : 3;
        int continuations = payloadBytes == 0 ? 0 : (payloadBytes - 1) / chunkBytes;
        return basic + 11 + extended + payloadBytes + continuations * (basic + extended);
    }

    /**
     * Writes one message.
     *
     * @param message what to write; not kept
     * @param out grows by the message
     * @throws IllegalArgumentException if the chunk stream id is not 2 to 65599 or the body is longer than 16,777,215 bytes; {@code out} is
     *     unchanged then
     */
    public void write(ChunkMessage message, ByteBuf out) {
        MediaFrame body = MediaFrame.takeOver(FrameInfo.DATA, 0, message.payload());
        write(message.chunkStreamId(), message.timestampMillis(), message.typeId(), message.messageStreamId(), body, out);
    }

    /**
     * Writes one message whose body is that of a frame.
     *
     * @param chunkStreamId 2 to 65599
     * @param timestampMillis 32 bits without sign; the frame's own time is not used
     * @param typeId message type
     * @param messageStreamId message stream
     * @param body the body
     * @param out grows by {@link #wireBytes}
     * @throws IllegalArgumentException if the chunk stream id is not 2 to 65599 or the body is longer than 16,777,215 bytes; {@code out} is
     *     unchanged then
     */
    public void write(int chunkStreamId, int timestampMillis, int typeId, int messageStreamId, MediaFrame body, ByteBuf out) {
        if (chunkStreamId < 2 || chunkStreamId > 65599) {
            throw new IllegalArgumentException("chunkStreamId " + chunkStreamId + " is not 2 to 65599");
        }
        int length = body.size();
        if (length > 0xFFFFFF) {
            throw new IllegalArgumentException("body of " + length + " bytes is longer than 16777215");
        }
        boolean extended = isExtended(timestampMillis);
        writeBasicHeader(0, chunkStreamId, out);
        out.writeMedium(extended ? EXTENDED : timestampMillis);
        out.writeMedium(length);
        out.writeByte(typeId);
        out.writeIntLE(messageStreamId);
        if (extended) {
            out.writeInt(timestampMillis);
        }
        int written = Math.min(length, chunkBytes);
        body.writeTo(out, 0, written);
        while (written < length) {
            writeBasicHeader(3, chunkStreamId, out);
            if (extended) {
                out.writeInt(timestampMillis);
            }
            int count = Math.min(length - written, chunkBytes);
            body.writeTo(out, written, count);
            written += count;
        }
    }

    private static boolean isExtended(int timestampMillis) {
        return Integer.compareUnsigned(timestampMillis, EXTENDED) >= 0;
    }

    private static void writeBasicHeader(int format, int chunkStreamId, ByteBuf out) {
        if (chunkStreamId < 64) {
            out.writeByte(format << 6 | chunkStreamId);
        } else if (chunkStreamId < 320) {
            out.writeByte(format << 6);
            out.writeByte(chunkStreamId - 64);
        } else {
            out.writeByte(format << 6 | 1);
            out.writeByte(chunkStreamId - 64);
            out.writeByte(chunkStreamId - 64 >> 8);
        }
    }
}
