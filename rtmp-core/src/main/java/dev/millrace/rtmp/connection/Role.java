package dev.millrace.rtmp.connection;

import dev.millrace.media.EndReason;

/** What a client does on one message stream: publish or play. Confined to the connection's executor. */
interface Role {

    int messageStreamId();

    /** Looks at deadlines. */
    void onTime(long nowMillis);

    /** It is over, by the client's doing or because the connection ends. Says nothing to the client. Can be called again. */
    void stop(EndReason reason);

    /** It is over by our doing, and the session has what tells the client; the caller settles. Can be called again. */
    void dismiss(EndReason reason);

    /** No more input waits at the moment. */
    default void receivedAll() {}

    /** How long input may rest now, since what it brings would wait anyway; 0 if it may not. */
    default long restMillis() {
        return 0;
    }

    /** The transport can take more. */
    default void writable() {}
}
