package dev.millrace.rtmp;

import java.time.Duration;

/**
 * How long a peer, or the host, may take. Those of handshake, connect, publish or play, and decision are absolute: no byte that trickles in moves
 * them.
 *
 * @param handshake from the opening of the connection to C2, of a client's to S2; peers take less than a second
 * @param connect from there to the {@code connect} command, for a client to its answer
 * @param publishOrPlay from the answer to {@code connect} to {@code publish} or {@code play}, and from the end of one to the next; for a client
 *     from its request to the status that publishing or playing has started
 * @param decision for the host's answer to a request; then it is a refusal
 * @param publisherIdle a publisher that sends no media for so long is closed, and its name is free
 * @param playerStalled a player that has bytes waiting and takes none for so long is closed; one that merely says nothing is not
 * @param ping between two pings
 * @param close from the start of closing to the end, for last words
 */
public record Deadlines(
        Duration handshake,
        Duration connect,
        Duration publishOrPlay,
        Duration decision,
        Duration publisherIdle,
        Duration playerStalled,
        Duration ping,
        Duration close) {

    /** 10 s, 10 s, 20 s, 10 s, 30 s, 10 s, 30 s and 3 s. */
    public static final Deadlines DEFAULT = new Deadlines(
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(3));

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is not positive
     */
    public Deadlines {
        Checks.positive("handshake", handshake);
        Checks.positive("connect", connect);
        Checks.positive("publishOrPlay", publishOrPlay);
        Checks.positive("decision", decision);
        Checks.positive("publisherIdle", publisherIdle);
        Checks.positive("playerStalled", playerStalled);
        Checks.positive("ping", ping);
        Checks.positive("close", close);
    }
}
