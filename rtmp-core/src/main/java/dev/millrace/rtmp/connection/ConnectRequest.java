package dev.millrace.rtmp.connection;

import dev.millrace.amf.AmfProperties;

/**
 * A client wants to connect.
 *
 * @param connection who
 * @param app the application as the client wrote it, possibly with a query or empty; not to be logged as it is
 * @param properties everything the client said: {@code tcUrl}, {@code flashVer} and so on, none of which must be there
 */
public record ConnectRequest(RtmpConnection connection, String app, AmfProperties properties) {}
