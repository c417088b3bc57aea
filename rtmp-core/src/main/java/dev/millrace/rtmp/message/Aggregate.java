package dev.millrace.rtmp.message;

import dev.millrace.rtmp.MessageType;
import dev.millrace.rtmp.chunk.ChunkMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/**
 * Several messages in one (RTMP 1.0, section 7.1.6). Their times are moved so that the first has the time of the aggregate; their own message
 * stream ids count for nothing.
 *
 * <pre>
 * +------+----------+-----------------------+------------+-------------------+---------+------------------+
 * | type | size, u24| time, u24, low        | time, u8,  | message stream id | payload | 11 + size, u32   |
 * |      |          |                       | high       | u24               |         | may lack at last |
 * +------+----------+-----------------------+------------+-------------------+---------+------------------+
 * </pre>
 *
 * @param messages audio, video and data messages in order
 * @param dropped how many were left out: control messages and aggregates inside, broken ones, and those beyond {@link #MAX_MESSAGES}
 */
public record Aggregate(List<ChunkMessage> messages, int dropped) implements RtmpMessage {

    /** Most messages in one aggregate. Servers put less than a second of media into one. */
    public static final int MAX_MESSAGES = 1024;

    private static final int HEADER_BYTES = 11;

    /** Copies the list. */
    public Aggregate {
        messages = List.copyOf(messages);
    }

    static Aggregate parse(ChunkMessage aggregate) {
        ByteBuf body = Unpooled.wrappedBuffer(aggregate.payload());
        List<ChunkMessage> messages = new ArrayList<>();
        int dropped = 0;
        boolean first = true;
        int firstMillis = 0;
        while (body.isReadable()) {
            if (body.readableBytes() < HEADER_BYTES || messages.size() + dropped == MAX_MESSAGES) {
                return new Aggregate(messages, dropped + 1);
            }
            int typeId = body.readUnsignedByte();
            int size = body.readUnsignedMedium();
            int timestampMillis = body.readUnsignedMedium() | body.readUnsignedByte() << 24;
            body.skipBytes(3); // message stream id: that of the aggregate counts
            if (size > body.readableBytes()) {
                return new Aggregate(messages, dropped + 1);
            }
            if (first) {
                firstMillis = timestampMillis;
                first = false;
            }
            if (MessageType.of(typeId).isMedia()) {
                byte[] payload = new byte[size];
                body.readBytes(payload);
                int rebasedMillis = aggregate.timestampMillis() + timestampMillis - firstMillis;
                messages.add(new ChunkMessage(aggregate.chunkStreamId(), rebasedMillis, typeId, aggregate.messageStreamId(), payload));
            } else {
                body.skipBytes(size);
                dropped++;
            }
            body.skipBytes(Math.min(4, body.readableBytes())); // back pointer: nothing depends on it
        }
        return new Aggregate(messages, dropped);
    }

    @Override
    public int typeId() {
        return MessageType.AGGREGATE.number();
    }

    /**
     * Nothing sends aggregates.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    public void writeTo(ByteBuf out) {
        throw new UnsupportedOperationException("aggregates are read, never written");
    }
}
