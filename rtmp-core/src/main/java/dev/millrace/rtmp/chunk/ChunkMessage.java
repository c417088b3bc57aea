package dev.millrace.rtmp.chunk;

import java.util.Objects;

/**
 * One whole message as the chunk layer knows it.
 *
 * @param chunkStreamId 2 to 65599
 * @param timestampMillis absolute time, 32 bits without sign
 * @param typeId message type, 0 to 255
 * @param messageStreamId 32 bits without sign; 0 for the connection itself
 * @param payload the body; belongs to whoever holds the message, nobody else keeps it
 */
public record ChunkMessage(int chunkStreamId, int timestampMillis, int typeId, int messageStreamId, byte[] payload) {

    /** Checks for null. */
    public ChunkMessage {
        Objects.requireNonNull(payload, "payload");
    }
}
