package dev.millrace.rtmp.session;

import dev.millrace.amf.AmfBoolean;
import dev.millrace.amf.AmfString;
import dev.millrace.amf.AmfValue;
import dev.millrace.rtmp.message.Command;
import dev.millrace.rtmp.message.Status;
import java.util.List;

/** What a server says to its client, on the chunk streams where clients are used to it. */
final class ServerReplies {

    private static final int COMMAND_CHUNK_STREAM = RtmpSession.COMMAND_CHUNK_STREAM;

    /** The chunk stream of status messages, beside those of the client's own commands. */
    private static final int STATUS_CHUNK_STREAM = 5;

    private final SessionOutput output;

    ServerReplies(SessionOutput output) {
        this.output = output;
    }

    void call(Command command) {
        output.send(COMMAND_CHUNK_STREAM, 0, command);
    }

    /** Nothing goes to a client that wants no answer. */
    void result(Command call, AmfValue value) {
        if (call.transactionId() != 0) {
            call(Command.of("_result", call.transactionId(), value));
        }
    }

    /** Nothing goes to a client that wants no answer. */
    void error(Command call, Status status) {
        if (call.transactionId() != 0) {
            call(Command.of("_error", call.transactionId(), status.toObject()));
        }
    }

    void status(int messageStreamId, Status status) {
        output.send(STATUS_CHUNK_STREAM, messageStreamId, status.toOnStatus());
    }

    void sampleAccess(int messageStreamId) {
        output.sendData(STATUS_CHUNK_STREAM, messageStreamId,
                List.of(new AmfString("|RtmpSampleAccess"), new AmfBoolean(true), new AmfBoolean(true)));
    }
}
