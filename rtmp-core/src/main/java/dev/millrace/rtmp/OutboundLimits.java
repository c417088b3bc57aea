package dev.millrace.rtmp;

/**
 * What waits to be sent on one connection. Most of a player's media wait in the ring, where they are bounded for all together.
 *
 * @param dropRepliesAboveBytes above this, answers that a peer can do without are dropped: ping responses and acknowledgements
 * @param closeAboveBytes above this, and what media may leave waiting besides, the connection is closed
 * @param lowWaterBytes a transport below this is writable again
 * @param highWaterBytes a transport above this is not writable: a player's media stay in the ring
 */
public record OutboundLimits(int dropRepliesAboveBytes, int closeAboveBytes, int lowWaterBytes, int highWaterBytes) {

    /** 1 MiB, 8 MiB, 256 KiB and 1 MiB. */
    public static final OutboundLimits DEFAULT = new OutboundLimits(1 << 20, 8 << 20, 256 << 10, 1 << 20);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is not positive, or the water marks or the first two are the wrong way round
     */
    public OutboundLimits {
        Checks.atLeast("dropRepliesAboveBytes", dropRepliesAboveBytes, 1);
        Checks.atLeast("closeAboveBytes", closeAboveBytes, dropRepliesAboveBytes);
        Checks.atLeast("lowWaterBytes", lowWaterBytes, 1);
        Checks.atLeast("highWaterBytes", highWaterBytes, lowWaterBytes);
    }
}
