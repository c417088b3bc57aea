package dev.millrace.rtmp.connection;

import dev.millrace.rtmp.stream.StreamAddress;

/**
 * A client wants to play.
 *
 * @param connection who
 * @param address the name and the query
 */
public record PlayRequest(RtmpConnection connection, StreamAddress address) {

    /** Without the name, which may be a secret: requests end up in logs. */
    @Override
    public String toString() {
        return "play by " + connection;
    }
}
