package dev.millrace.hls.ts;

/** A coding that a transport stream for HLS can carry (ISO/IEC 13818-1, table 2-34; RFC 8216, section 3.2). */
public enum TsCodec {

    /** H.264, stream type 0x1B. */
    AVC(0x1B, StreamId.VIDEO),

    /** H.265, stream type 0x24. Browsers mostly, and Apple's players always, refuse it in a transport stream. */
    HEVC(0x24, StreamId.VIDEO),

    /** AAC behind ADTS headers, stream type 0x0F. */
    AAC(0x0F, StreamId.AUDIO),

    /** MPEG-1 audio, of 32 kHz or more, stream type 0x03. */
    MP3(0x03, StreamId.AUDIO),

    /** MPEG-2 audio of lower sampling frequencies, below 32 kHz, stream type 0x04. */
    MP3_LOW_RATE(0x04, StreamId.AUDIO),

    /** AC-3, stream type 0x81 as ATSC has it. */
    AC3(0x81, StreamId.PRIVATE_1);

    private final int streamType;
    private final int streamId;

    TsCodec(int streamType, int streamId) {
        this.streamType = streamType;
        this.streamId = streamId;
    }

    /**
     * What the program map table says.
     *
     * @return 0 to 255
     */
    public int streamType() {
        return streamType;
    }

    /**
     * Whether it codes pictures.
     *
     * @return false if it codes sound
     */
    public boolean isVideo() {
        return streamId == StreamId.VIDEO;
    }

    /** What the header of each PES packet says. */
    int streamId() {
        return streamId;
    }
}
