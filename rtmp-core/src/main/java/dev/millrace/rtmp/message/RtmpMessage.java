package dev.millrace.rtmp.message;

import dev.millrace.amf.AmfLimits;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaKind;
import dev.millrace.rtmp.MessageType;
import dev.millrace.rtmp.chunk.ChunkMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** The meaning of one message. Immutable, but for the arrays of media, which belong to whoever holds the message. */
public sealed interface RtmpMessage
        permits SetChunkSize,
                Abort,
                Acknowledgement,
                UserControl,
                WindowAcknowledgementSize,
                SetPeerBandwidth,
                Command,
                MediaMessage,
                Aggregate,
                UnknownMessage {

    /**
     * The message type on the wire.
     *
     * @return 0 to 255
     */
    int typeId();

    /**
     * Writes the body.
     *
     * @param out grows by the body
     */
    void writeTo(ByteBuf out);

    /**
     * Reads the body of a message.
     *
     * @param message borrowed; the payload of a media message is handed on, not copied
     * @param limits for bodies in AMF
     * @return what it says; {@link UnknownMessage} for types that are not handled, shared objects among them
     * @throws MalformedException if the body is too short or is no legal AMF; the next message can be read all the same
     */
    static RtmpMessage parse(ChunkMessage message, AmfLimits limits) throws MalformedException {
        byte[] payload = message.payload();
        ByteBuf body = Unpooled.wrappedBuffer(payload);
        return switch (MessageType.of(message.typeId())) {
            case SET_CHUNK_SIZE -> SetChunkSize.parse(body);
            case ABORT -> Abort.parse(body);
            case ACKNOWLEDGEMENT -> Acknowledgement.parse(body);
            case USER_CONTROL -> UserControl.parse(body);
            case WINDOW_ACKNOWLEDGEMENT_SIZE -> WindowAcknowledgementSize.parse(body);
            case SET_PEER_BANDWIDTH -> SetPeerBandwidth.parse(body);
            case AUDIO -> new MediaMessage(MediaKind.AUDIO, payload);
            case VIDEO -> new MediaMessage(MediaKind.VIDEO, payload);
            case DATA_AMF0 -> new MediaMessage(MediaKind.DATA, payload);
            case DATA_AMF3 -> new MediaMessage(MediaKind.DATA, Amf3Wrapping.unwrap(payload));
            case COMMAND_AMF0 -> Command.parse(body, limits);
            case COMMAND_AMF3 -> Command.parse(Unpooled.wrappedBuffer(Amf3Wrapping.unwrap(payload)), limits);
            case AGGREGATE -> Aggregate.parse(message);
            case SHARED_OBJECT_AMF0, SHARED_OBJECT_AMF3, UNKNOWN -> new UnknownMessage(message.typeId(), payload);
        };
    }
}
