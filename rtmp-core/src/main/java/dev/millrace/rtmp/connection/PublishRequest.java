package dev.millrace.rtmp.connection;

import dev.millrace.rtmp.stream.StreamAddress;

/**
 * A client wants to publish.
 *
 * @param connection who
 * @param address the name, often a secret key, and the query
 * @param type {@code live}, {@code record} or {@code append}
 */
public record PublishRequest(RtmpConnection connection, StreamAddress address, String type) {

    /** Without the name, which is often a secret: requests end up in logs. */
    @Override
    public String toString() {
        return "publish by " + connection;
    }
}
