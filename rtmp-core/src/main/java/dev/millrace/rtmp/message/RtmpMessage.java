package dev.millrace.rtmp.message;

import dev.millrace.amf.AmfLimits;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaKind;
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
        return switch (message.typeId()) {
            case SetChunkSize.TYPE_ID -> SetChunkSize.parse(body);
            case Abort.TYPE_ID -> Abort.parse(body);
            case Acknowledgement.TYPE_ID -> Acknowledgement.parse(body);
            case UserControl.TYPE_ID -> UserControl.parse(body);
            case WindowAcknowledgementSize.TYPE_ID -> WindowAcknowledgementSize.parse(body);
            case SetPeerBandwidth.TYPE_ID -> SetPeerBandwidth.parse(body);
            case 8 -> new MediaMessage(MediaKind.AUDIO, payload);
            case 9 -> new MediaMessage(MediaKind.VIDEO, payload);
            case 18 -> new MediaMessage(MediaKind.DATA, payload);
            case 15 -> new MediaMessage(MediaKind.DATA, Amf3Wrapping.unwrap(payload));
            case Command.TYPE_ID -> Command.parse(body, limits);
            case 17 -> Command.parse(Unpooled.wrappedBuffer(Amf3Wrapping.unwrap(payload)), limits);
            case Aggregate.TYPE_ID -> Aggregate.parse(message);
            default -> new UnknownMessage(message.typeId(), payload);
        };
    }
}
