package dev.millrace.flv;

/**
 * The file header of FLV (FLV 10.1, annex E.2). The flags are a hint: files have tracks that they do not announce.
 *
 * @param hasAudio whether audio is announced
 * @param hasVideo whether video is announced
 */
public record FlvHeader(boolean hasAudio, boolean hasVideo) {

    static final int SIGNATURE = 0x464C56;
    static final int BYTES = 9;
    static final int AUDIO_FLAG = 0x04;
    static final int VIDEO_FLAG = 0x01;
}
