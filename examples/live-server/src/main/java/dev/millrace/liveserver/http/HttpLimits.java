package dev.millrace.liveserver.http;

import java.time.Duration;

/**
 * What clients of the HTTP server can make it hold. Immutable.
 *
 * @param maxConnections sockets; the next ones wait in the kernel's queue
 * @param maxFlvViewers responses without an end; the next one gets 503
 * @param keepAlive how long a connection may say nothing between two requests
 * @param noProgress how long a response may wait for a client that takes none of it
 * @param headers how long a request may take to arrive, on top of {@code keepAlive}: no byte that trickles in moves this
 */
public record HttpLimits(int maxConnections, int maxFlvViewers, Duration keepAlive, Duration noProgress, Duration headers) {

    /** 2,048 connections, 256 viewers, 30 s, 10 s and 10 s. */
    public static final HttpLimits DEFAULT =
            new HttpLimits(2_048, 256, Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofSeconds(10));

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is not positive
     */
    public HttpLimits {
        if (maxConnections < 1 || maxFlvViewers < 1) {
            throw new IllegalArgumentException("maxConnections " + maxConnections + " or maxFlvViewers " + maxFlvViewers + " is less than 1");
        }
        positive("keepAlive", keepAlive);
        positive("noProgress", noProgress);
        positive("headers", headers);
    }

    private static void positive(String name, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(name + " " + value + " is not positive");
        }
    }
}
