package dev.millrace.rtmp.connection;

import dev.millrace.media.EndReason;
import dev.millrace.rtmp.session.RtmpServerSession;
import java.util.concurrent.Executor;

/** The part of a connection that its roles and the decisions about them see. Confined to the connection's executor, except {@link #run}. */
interface ConnectionContext {

    /** The connection itself, for the host's requests and events. */
    RtmpConnection connection();

    ConnectionServices services();

    RtmpServerSession session();

    Executor executor();

    /** The application that the client connected to. */
    String app();

    /** Keeps what the host attached with a decision. */
    void attach(Object attachment);

    /** Reports a refused request. The connection ends with it, unless the client goes on. */
    void refused(String request, String code, String description);

    /** Counts a media message that was ignored. */
    void countIgnored();

    /** Sends what the session has to say. */
    void sendOutput();

    /** Continues with input that waited, sends what is to be sent, and closes if that is due. */
    void settle();

    /** Remembers why the connection ends, unless that is known already. */
    void closing(CloseReason reason);

    /** Ends the connection without notifying the client. */
    void end(CloseReason reason, EndReason toRoles);

    /** Ends the connection because of a defect. */
    void failed(Throwable defect);

    /** Runs a task on the executor, or not at all if the executor runs nothing any more. From any thread. */
    void run(Runnable task);

    long nowMillis();

    default RtmpListener listener() {
        return services().listener();
    }
}
