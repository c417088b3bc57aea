package dev.millrace.rtmp.message;

import dev.millrace.media.MalformedException;
import dev.millrace.rtmp.MessageType;
import io.netty.buffer.ByteBuf;

/** A user control event (RTMP 1.0, sections 6.2 and 7.1.7). */
public sealed interface UserControl extends RtmpMessage {

    /**
     * The event type on the wire.
     *
     * @return 0 to 65535
     */
    int eventType();

    @Override
    default int typeId() {
        return MessageType.USER_CONTROL.number();
    }

    /**
     * Reads an event.
     *
     * @param body consumed
     * @return the event; {@link Other} for all that are not handled
     * @throws MalformedException if the body is too short for its event
     */
    static UserControl parse(ByteBuf body) throws MalformedException {
        Bodies.require("UserControl", body, 2);
        int eventType = body.readUnsignedShort();
        if (eventType > 7 || eventType == 5) {
            return new Other(eventType);
        }
        Bodies.require("UserControl event " + eventType, body, eventType == 3 ? 8 : 4);
        int value = body.readInt();
        return switch (eventType) {
            case 0 -> new StreamBegin(value);
            case 1 -> new StreamEof(value);
            case 2 -> new StreamDry(value);
            case 3 -> new SetBufferLength(value, body.readInt());
            case 4 -> new StreamIsRecorded(value);
            case 6 -> new PingRequest(value);
            default -> new PingResponse(value);
        };
    }

    /**
     * The message stream can be used from now on.
     *
     * @param messageStreamId which; 0 after {@code connect}
     */
    record StreamBegin(int messageStreamId) implements UserControl {
        @Override
        public int eventType() {
            return 0;
        }

        @Override
        public void writeTo(ByteBuf out) {
            out.writeShort(0);
            out.writeInt(messageStreamId);
        }
    }

    /**
     * Nothing more will come on the message stream.
     *
     * @param messageStreamId which
     */
    record StreamEof(int messageStreamId) implements UserControl {
        @Override
        public int eventType() {
            return 1;
        }

        @Override
        public void writeTo(ByteBuf out) {
            out.writeShort(1);
            out.writeInt(messageStreamId);
        }
    }

    /**
     * There are no data on the message stream for now.
     *
     * @param messageStreamId which
     */
    record StreamDry(int messageStreamId) implements UserControl {
        @Override
        public int eventType() {
            return 2;
        }

        @Override
        public void writeTo(ByteBuf out) {
            out.writeShort(2);
            out.writeInt(messageStreamId);
        }
    }

    /**
     * How much a player buffers.
     *
     * @param messageStreamId which
     * @param bufferMillis length of its buffer
     */
    record SetBufferLength(int messageStreamId, int bufferMillis) implements UserControl {
        @Override
        public int eventType() {
            return 3;
        }

        @Override
        public void writeTo(ByteBuf out) {
            out.writeShort(3);
            out.writeInt(messageStreamId);
            out.writeInt(bufferMillis);
        }
    }

    /**
     * The stream is a recording.
     *
     * @param messageStreamId which
     */
    record StreamIsRecorded(int messageStreamId) implements UserControl {
        @Override
        public int eventType() {
            return 4;
        }

        @Override
        public void writeTo(ByteBuf out) {
            out.writeShort(4);
            out.writeInt(messageStreamId);
        }
    }

    /**
     * Asks for a {@link PingResponse}.
     *
     * @param timestampMillis comes back in the response
     */
    record PingRequest(int timestampMillis) implements UserControl {
        @Override
        public int eventType() {
            return 6;
        }

        @Override
        public void writeTo(ByteBuf out) {
            out.writeShort(6);
            out.writeInt(timestampMillis);
        }
    }

    /**
     * Answers a {@link PingRequest}.
     *
     * @param timestampMillis from the request
     */
    record PingResponse(int timestampMillis) implements UserControl {
        @Override
        public int eventType() {
            return 7;
        }

        @Override
        public void writeTo(ByteBuf out) {
            out.writeShort(7);
            out.writeInt(timestampMillis);
        }
    }

    /**
     * An event that nobody here needs. Its data are not kept.
     *
     * @param eventType 0 to 65535
     */
    record Other(int eventType) implements UserControl {
        @Override
        public void writeTo(ByteBuf out) {
            out.writeShort(eventType);
        }
    }
}
