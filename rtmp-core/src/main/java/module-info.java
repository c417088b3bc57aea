/** RTMP: protocol codec, sessions, live-stream fan-out and server. */
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
