package dev.millrace.rtmp.stream;

/**
 * Counters of one stream at one moment. Each is exact; together they may be of slightly different moments.
 *
 * @param videoFrames coded video messages published
 * @param audioFrames coded audio messages published
 * @param dataMessages data messages published, metadata among them
 * @param keyframes video messages where decoding can start
 * @param bytes bodies of all messages published
 * @param ignoredFrames messages that came after the end or from an older epoch, or headers that fit no track
 * @param subscribers subscriptions now
 * @param players how many of them are sockets
 * @param lost messages that subscribers lost because they were too slow, all of them together
 * @param laidOutBytes bytes laid out for sockets, counted once for all that share them
 * @param failedSubscribers subscriptions that ended because their code threw or their executor refused
 */
public record StreamStatistics(
        long videoFrames,
        long audioFrames,
        long dataMessages,
        long keyframes,
        long bytes,
        long ignoredFrames,
        int subscribers,
        int players,
        LostFrames lost,
        long laidOutBytes,
        long failedSubscribers) {

    /**
     * Messages that subscribers lost, for whatever reason.
     *
     * @return messages
     */
    public long lostFrames() {
        return lost.total();
    }
}
