package dev.millrace.rtmp.stream;

/**
 * Counters of one subscription at one moment.
 *
 * @param frames messages delivered, headers included
 * @param bytes bodies of those messages, or for a socket the bytes with chunk headers
 * @param lostFrames messages lost because the subscriber was too slow
 */
public record SubscriptionStatistics(long frames, long bytes, long lostFrames) {}
