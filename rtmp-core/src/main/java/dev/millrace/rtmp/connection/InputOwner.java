package dev.millrace.rtmp.connection;

import dev.millrace.media.EndReason;

/** What a connection of a server or client does with the events of its {@link ConnectionInput}. Called on the executor. */
interface InputOwner {

    long nowMillis();

    /** Sends output of the session, and closes if the session or the bounds of the transport want that. */
    void settle();

    /** No more bytes wait: passes on what has been batched. */
    void receivedAll();

    /** How long input may rest, since what it brings would wait anyway; 0 if it may not. */
    long restMillis();

    void writable();

    void onTime(long nowMillis);

    /** Ends the connection without notifying the peer. */
    void end(CloseReason reason, EndReason toRoles);

    /** Notifies the peer, then ends the connection. */
    void dismiss(CloseReason reason, EndReason toRoles);

    /** Ends the connection because of a defect. */
    void failed(Throwable defect);

    /** The transport is closed. */
    void closed(CloseReason unlessKnown);
}
