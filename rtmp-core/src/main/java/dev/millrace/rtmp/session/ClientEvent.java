package dev.millrace.rtmp.session;

import dev.millrace.amf.AmfProperties;
import dev.millrace.media.MediaKind;
import dev.millrace.rtmp.message.Status;

/** What the server of a connection answers or sends, in the order in which it arrived. */
public sealed interface ClientEvent {

    /**
     * The server accepted {@code connect}.
     *
     * @param properties what the server is; Enhanced RTMP properties are here or in the information
     * @param information the status object
     */
    record Connected(AmfProperties properties, AmfProperties information) implements ClientEvent {}

    /**
     * The server refused {@code connect}, {@code createStream}, or another call.
     *
     * @param status what it said
     */
    record Refused(Status status) implements ClientEvent {}

    /**
     * The server told something about a message stream: that publishing or playing has begun or ended, or why not.
     *
     * @param messageStreamId which; 0 for the connection
     * @param status what it said
     */
    record StatusReceived(int messageStreamId, Status status) implements ClientEvent {}

    /**
     * Audio, video or data of the stream that is played.
     *
     * @param messageStreamId where
     * @param kind which of the three
     * @param timestampMillis 32 bits without sign, as on the wire
     * @param payload the body; belongs to the receiver of the event
     */
    record MediaReceived(int messageStreamId, MediaKind kind, int timestampMillis, byte[] payload) implements ClientEvent {}

    /**
     * Nothing more comes on a message stream.
     *
     * @param messageStreamId which
     */
    record StreamEnded(int messageStreamId) implements ClientEvent {}
}
