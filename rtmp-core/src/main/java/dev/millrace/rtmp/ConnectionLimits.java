package dev.millrace.rtmp;

/**
 * How many connections a server holds.
 *
 * @param maxConnections all together
 * @param maxPerAddress from one address; loopback addresses are exempt, since a proxy or a test sits there
 */
public record ConnectionLimits(int maxConnections, int maxPerAddress) {

    /** 10,000 and 256. */
    public static final ConnectionLimits DEFAULT = new ConnectionLimits(10_000, 256);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is not positive
     */
    public ConnectionLimits {
        Checks.atLeast("maxConnections", maxConnections, 1);
        Checks.atLeast("maxPerAddress", maxPerAddress, 1);
    }
}
