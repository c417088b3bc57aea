/**
 * What is inside an audio or video message: frames and headers, AMF values, FLV and Enhanced RTMP tags, codec facts, tracks, recordings.
 *
 * <p>Start at {@link dev.millrace.media.MediaFrame}, which everything else takes or makes, and at {@link dev.millrace.flv.FlvFrames}, which makes
 * one of the bytes of a message. To read a file there is {@link dev.millrace.flv.FlvReader}, to record a stream
 * {@link dev.millrace.recording.FlvRecorder}, and to know what is in a stream {@link dev.millrace.track.StreamTracks}.
 */
module dev.millrace.flv {
    requires transitive io.netty.buffer;
    requires transitive io.netty.common;

    exports dev.millrace.amf;
    exports dev.millrace.codec.aac;
    exports dev.millrace.codec.ac3;
    exports dev.millrace.codec.av1;
    exports dev.millrace.codec.avc;
    exports dev.millrace.codec.flac;
    exports dev.millrace.codec.hevc;
    exports dev.millrace.codec.legacy;
    exports dev.millrace.codec.mp3;
    exports dev.millrace.codec.nal;
    exports dev.millrace.codec.opus;
    exports dev.millrace.codec.vp8;
    exports dev.millrace.codec.vp9;
    exports dev.millrace.flv;
    exports dev.millrace.media;
    exports dev.millrace.recording;
    exports dev.millrace.sample;
    exports dev.millrace.track;
}
