package dev.millrace.rtmp;

/**
 * How long one message may be, by what it carries. Checked when the header is read, before anything is allocated.
 *
 * @param maxAudioBytes audio; a PCM or FLAC frame is far below
 * @param maxVideoBytes video and aggregates; keyframes of 50 Mbit/s at 2160p stay under 8 MiB
 * @param maxDataBytes data, shared objects and everything unknown
 * @param maxCommandBytes commands
 * @param maxControlBytes message types 1 to 6, none of which needs more than 46 bytes
 * @param maxUnauthorisedBytes any message before the host has accepted a publisher
 */
public record MessageLimits(
        int maxAudioBytes, int maxVideoBytes, int maxDataBytes, int maxCommandBytes, int maxControlBytes, int maxUnauthorisedBytes) {

    /** 64 KiB, 10 MiB, 1 MiB, 256 KiB, 64 B and 64 KiB. */
    public static final MessageLimits DEFAULT = new MessageLimits(64 << 10, 10 << 20, 1 << 20, 256 << 10, 64, 64 << 10);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is not positive, or {@code maxControlBytes} is less than 4
     */
    public MessageLimits {
        Checks.atLeast("maxAudioBytes", maxAudioBytes, 1);
        Checks.atLeast("maxVideoBytes", maxVideoBytes, 1);
        Checks.atLeast("maxDataBytes", maxDataBytes, 1);
        Checks.atLeast("maxCommandBytes", maxCommandBytes, 1);
        Checks.atLeast("maxControlBytes", maxControlBytes, 4);
        Checks.atLeast("maxUnauthorisedBytes", maxUnauthorisedBytes, 1);
    }

    /**
     * The limit of a message type.
     *
     * @param typeId the number of a {@link MessageType}, or any other
     * @param authorised whether the host has accepted a publisher on this connection
     * @return bytes
     */
    public int maxBytes(int typeId, boolean authorised) {
        int most = switch (MessageType.of(typeId)) {
            case SET_CHUNK_SIZE, ABORT, ACKNOWLEDGEMENT, USER_CONTROL, WINDOW_ACKNOWLEDGEMENT_SIZE, SET_PEER_BANDWIDTH ->
                    maxControlBytes;
            case AUDIO -> maxAudioBytes;
            case VIDEO, AGGREGATE -> maxVideoBytes;
            case COMMAND_AMF0, COMMAND_AMF3 -> maxCommandBytes;
            case DATA_AMF0, DATA_AMF3, SHARED_OBJECT_AMF0, SHARED_OBJECT_AMF3, UNKNOWN -> maxDataBytes;
        };
        return authorised ? most : Math.min(most, maxUnauthorisedBytes);
    }
}
