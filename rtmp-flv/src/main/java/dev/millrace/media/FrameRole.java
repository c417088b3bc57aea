package dev.millrace.media;

/** What a message does in its stream. */
public enum FrameRole {
    /** Coded audio or video. */
    CODED,
    /** The codec's configuration record or sequence header, needed before coded frames of its track. */
    SEQUENCE_HEADER,
    /** Further configuration of a track in Enhanced RTMP: channel layout, colour information. */
    CONFIGURATION,
    /** End of a coded sequence. It neither ends the stream nor changes a track's codec. */
    SEQUENCE_END,
    /** Audio message without a byte, which stands for silence. */
    SILENCE,
    /** A hint to seeking players: video frame type 5. */
    COMMAND,
    /** The stream's metadata, {@code onMetaData}. */
    METADATA,
    /** Any other data message. */
    DATA
}
