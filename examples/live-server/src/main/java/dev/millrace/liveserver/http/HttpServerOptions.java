package dev.millrace.liveserver.http;

import java.util.Objects;
import java.util.Optional;

/**
 * The options of the HTTP server. Immutable.
 *
 * @param host the name or address to listen on
 * @param port the port; 0 is any free one
 * @param rtmpPort the port in links to streams
 * @param version the version that the server reports
 * @param publishKey whether encoders need a key, which the page mentions
 * @param adminToken the token that closes streams; without one only this machine may
 * @param limits the limits for clients
 */
public record HttpServerOptions(
        String host, int port, int rtmpPort, String version, boolean publishKey, Optional<String> adminToken, HttpLimits limits) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a port is not 0 to 65535, or the token is empty or has other characters than visible ASCII
     */
    public HttpServerOptions {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(limits, "limits");
        port("port", port);
        port("rtmpPort", rtmpPort);
        adminToken.ifPresent(token -> {
            if (token.isEmpty() || token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
                throw new IllegalArgumentException("adminToken is empty, or has other characters than visible ASCII");
            }
        });
    }

    /**
     * Options with default limits, without token and key.
     *
     * @param host name or address to listen on
     * @param port 0 for any free one
     * @param rtmpPort what links to streams say
     * @param version what the server says of itself
     * @return options
     */
    public static HttpServerOptions of(String host, int port, int rtmpPort, String version) {
        return new HttpServerOptions(host, port, rtmpPort, version, /* publishKey= */ false, Optional.empty(), HttpLimits.DEFAULT);
    }

    /**
     * The same with a token.
     *
     * @param token what must be shown to end a stream, if anything
     * @return new options
     */
    public HttpServerOptions withAdminToken(Optional<String> token) {
        return new HttpServerOptions(host, port, rtmpPort, version, publishKey, token, limits);
    }

    /**
     * The same with other limits.
     *
     * @param other what clients can make it hold
     * @return new options
     */
    public HttpServerOptions with(HttpLimits other) {
        return new HttpServerOptions(host, port, rtmpPort, version, publishKey, adminToken, other);
    }

    /**
     * The same with or without a key.
     *
     * @param needed whether encoders need one
     * @return new options
     */
    public HttpServerOptions withPublishKey(boolean needed) {
        return new HttpServerOptions(host, port, rtmpPort, version, needed, adminToken, limits);
    }

    private static void port(String name, int value) {
        if (value < 0 || value > 65_535) {
            throw new IllegalArgumentException(name + " " + value + " is not 0 to 65535");
        }
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "HttpServerOptions[" + host + ":" + port + ", rtmpPort " + rtmpPort + ", " + limits + "]";
    }
}
