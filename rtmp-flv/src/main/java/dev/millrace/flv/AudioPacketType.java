package dev.millrace.flv;

/** What an audio message carries (Enhanced RTMP v2, AudioPacketType). Legacy messages are described in the same terms. */
public enum AudioPacketType {
    /** The codec's configuration record; wire number 0. */
    SEQUENCE_START(0),
    /** Coded frames; wire number 1. */
    CODED_FRAMES(1),
    /** The end of the sequence, without a body; wire number 2. */
    SEQUENCE_END(2),
    /** The layout of the channels; wire number 4. */
    MULTICHANNEL_CONFIG(4);

    private static final AudioPacketType[] VALUES = values();

    private final int number;

    AudioPacketType(int number) {
        this.number = number;
    }

    /** The type that a parsed header has. */
    static AudioPacketType ofNumber(int number) {
        for (AudioPacketType type : VALUES) {
            if (type.number == number) {
                return type;
            }
        }
        throw new AssertionError("audio packet type " + number);
    }
}
