package dev.millrace.rtmp;

import java.util.Arrays;

/**
 * The message types of RTMP (RTMP 1.0, sections 5.4, 6 and 7.1).
 *
 * <p>Stands beside the limits, below the chunk layer, since that obeys two of them and bounds all.
 */
public enum MessageType {
    /** Set Chunk Size. */
    SET_CHUNK_SIZE(1),
    /** Abort Message. */
    ABORT(2),
    /** Acknowledgement. */
    ACKNOWLEDGEMENT(3),
    /** User Control Message. */
    USER_CONTROL(4),
    /** Window Acknowledgement Size. */
    WINDOW_ACKNOWLEDGEMENT_SIZE(5),
    /** Set Peer Bandwidth. */
    SET_PEER_BANDWIDTH(6),
    /** Audio. */
    AUDIO(8),
    /** Video. */
    VIDEO(9),
    /** Data, in AMF0 behind one byte or in AMF3. */
    DATA_AMF3(15),
    /** A shared object in AMF3. */
    SHARED_OBJECT_AMF3(16),
    /** A command, in AMF0 behind one byte or in AMF3. */
    COMMAND_AMF3(17),
    /** Data in AMF0. */
    DATA_AMF0(18),
    /** A shared object in AMF0. */
    SHARED_OBJECT_AMF0(19),
    /** A command in AMF0. */
    COMMAND_AMF0(20),
    /** Several audio, video and data messages in one. */
    AGGREGATE(22),
    /** Any type that the specification does not have. Its number is -1: the message has the one on the wire. */
    UNKNOWN(-1);

    private static final MessageType[] BY_NUMBER = byNumber();

    private final int number;

    MessageType(int number) {
        this.number = number;
    }

    private static MessageType[] byNumber() {
        MessageType[] types = new MessageType[AGGREGATE.number + 1];
        Arrays.fill(types, UNKNOWN);
        for (MessageType type : values()) {
            if (type != UNKNOWN) {
                types[type.number] = type;
            }
        }
        return types;
    }

    /**
     * Returns the type with a number. Allocates nothing.
     *
     * @param number any number; on the wire 0 to 255
     * @return the type, {@link #UNKNOWN} if there is none
     */
    public static MessageType of(int number) {
        return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : UNKNOWN;
    }

    /**
     * Returns the number on the wire.
     *
     * @return 1 to 22, or -1 for {@link #UNKNOWN}
     */
    public int number() {
        return number;
    }

    /**
     * Whether this is a protocol control message or a user control message.
     *
     * @return true for types 1 to 6
     */
    public boolean isControl() {
        return compareTo(SET_PEER_BANDWIDTH) <= 0;
    }

    /**
     * Whether messages of this type carry a part of a stream.
     *
     * @return true for audio, video and data
     */
    public boolean isMedia() {
        return this == AUDIO || this == VIDEO || this == DATA_AMF0 || this == DATA_AMF3;
    }
}
