/**
 * RTMP: protocol codec, sessions, live-stream fan-out and server.
 *
 * <p>Start at {@link dev.millrace.rtmp.server.RtmpServer}, and at {@link dev.millrace.rtmp.connection.AccessPolicy} to say who may do what. In its
 * {@link dev.millrace.rtmp.stream.StreamRegistry} a host finds the live streams to subscribe to, and publishes streams of its own.
 */
module dev.millrace.rtmp {
    requires transitive dev.millrace.flv;
    requires transitive io.netty.buffer;
    requires transitive io.netty.common;
    requires transitive io.netty.transport;
    requires org.slf4j;

    exports dev.millrace.rtmp;
    exports dev.millrace.rtmp.handshake;
    exports dev.millrace.rtmp.chunk;
    exports dev.millrace.rtmp.message;
    exports dev.millrace.rtmp.session;
    exports dev.millrace.rtmp.stream;
    exports dev.millrace.rtmp.connection;
    exports dev.millrace.rtmp.server;
}
