package dev.millrace.rtmp.stream;

/**
 * Counters of one subscription at one moment.
 *
 * @param frames messages delivered, headers included
 * @param bytes bodies of those messages, or for a socket the bytes with chunk headers
 * @param lost messages lost because the subscriber was too slow
 * @param waitingFrames messages that wait in the ring for the subscriber
 * @param lagMillis how far the oldest of them is behind the newest, on the stream's own clock; 0 if none waits
 */
public record SubscriptionStatistics(long frames, long bytes, LostFrames lost, long waitingFrames, long lagMillis) {

    /**
     * Messages lost, for whatever reason.
     *
     * @return messages
     */
    public long lostFrames() {
        return lost.total();
    }
}
