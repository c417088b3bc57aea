package dev.millrace.media;

/** The three kinds of message that a stream carries. */
public enum MediaKind {
    /** Audio, message and tag type 8. */
    AUDIO(8),
    /** Video, message and tag type 9. */
    VIDEO(9),
    /** Data in AMF0, message and tag type 18. */
    DATA(18);

    private final int typeId;

    MediaKind(int typeId) {
        this.typeId = typeId;
    }

    /**
     * The message type of RTMP and the tag type of FLV.
     *
     * @return 8, 9 or 18
     */
    public int typeId() {
        return typeId;
    }
}
