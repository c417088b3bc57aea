package dev.millrace.liveserver.http;

import java.time.Duration;

/**
 * The limits of what clients of the HTTP server can make it hold. Immutable.
 *
 * @param maxConnections the number of sockets; further ones wait in the kernel's queue
 * @param maxFlvViewers the number of endless responses; further ones get 503
 * @param keepAlive how long a connection may be idle between two requests
 * @param noProgress how long a response may wait for a client that reads nothing
 * @param headers how long a request may take to arrive, in addition to {@code keepAlive}; no byte extends it
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
