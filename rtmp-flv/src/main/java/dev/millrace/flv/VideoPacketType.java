package dev.millrace.flv;

/** What a video message carries (Enhanced RTMP v2, VideoPacketType). Legacy messages are described in the same terms. */
public enum VideoPacketType {
    /** The codec's configuration record; wire number 0. */
    SEQUENCE_START(0),
    /** Coded frames, with a composition time if the codec is AVC, HEVC or VVC; wire number 1. */
    CODED_FRAMES(1),
    /** The end of the sequence, without a body; wire number 2. */
    SEQUENCE_END(2),
    /** Coded frames whose composition time is 0 and is left out; wire number 3. */
    CODED_FRAMES_X(3),
    /** Colour information in AMF0; wire number 4. */
    METADATA(4),
    /** The AV1 video descriptor of an MPEG-2 transport stream; wire number 5. */
    MPEG2TS_SEQUENCE_START(5),
    /** A hint to seeking players: frame type 5 on anything but {@link #METADATA}. It has no wire number, no codec and no tracks. */
    COMMAND(-1);

    private static final VideoPacketType[] VALUES = values();

    private final int number;

    VideoPacketType(int number) {
        this.number = number;
    }

    /** The type that a parsed header has. */
    static VideoPacketType ofNumber(int number) {
        for (VideoPacketType type : VALUES) {
            if (type.number == number) {
                return type;
            }
        }
        throw new AssertionError("video packet type " + number);
    }
}
