package dev.millrace.rtmp;

/**
 * What the chunk layer holds and how much work it does for one connection.
 *
 * @param maxChunkStreams distinct chunk stream ids; encoders use four, players two
 * @param maxPartialMessages messages begun and not complete at one time
 * @param maxPartialBytes bytes held for them together; one keyframe of the largest size must pass
 * @param minChunkBytesOfLargeMessage smallest chunk size for a message above 64 KiB: each chunk costs a header
 * @param chunkBytesOut the chunk size that we announce and send with; FFmpeg copies it for its own sending
 */
public record ChunkLimits(int maxChunkStreams, int maxPartialMessages, int maxPartialBytes, int minChunkBytesOfLargeMessage, int chunkBytesOut) {

    /** 64, 8, 12 MiB, 128 and 60,000. */
    public static final ChunkLimits DEFAULT = new ChunkLimits(64, 8, 12 << 20, 128, 60_000);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is not positive, or the chunk size is not 128 to 16,777,215
     */
    public ChunkLimits {
        Checks.atLeast("maxChunkStreams", maxChunkStreams, 1);
        Checks.atLeast("maxPartialMessages", maxPartialMessages, 1);
        Checks.atLeast("maxPartialBytes", maxPartialBytes, 1);
        Checks.atLeast("minChunkBytesOfLargeMessage", minChunkBytesOfLargeMessage, 1);
        Checks.atLeast("chunkBytesOut", chunkBytesOut, 128);
        if (chunkBytesOut > 0xFFFFFF) {
            throw new IllegalArgumentException("chunkBytesOut " + chunkBytesOut + " is more than 16777215");
        }
    }
}
