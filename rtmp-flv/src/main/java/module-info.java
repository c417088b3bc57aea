/** What is inside an audio or video message: frames and headers, AMF values, FLV and Enhanced RTMP tags, codec facts, recordings. */
module dev.millrace.flv {
    requires transitive io.netty.buffer;
    requires transitive io.netty.common;

    exports dev.millrace.amf;
    exports dev.millrace.flv;
    exports dev.millrace.media;
    exports dev.millrace.recording;
}
