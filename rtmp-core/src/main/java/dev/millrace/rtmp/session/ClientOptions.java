package dev.millrace.rtmp.session;

import dev.millrace.amf.AmfObject;
import java.util.Objects;

/**
 * How a client introduces itself. Immutable.
 *
 * @param app the application
 * @param tcUrl the URL without the stream's name: {@code rtmp://host:1935/app}
 * @param flashVer what it calls itself
 * @param extra further properties of {@code connect}, those of Enhanced RTMP among them
 * @param digest whether to open with the digest handshake
 */
public record ClientOptions(String app, String tcUrl, String flashVer, AmfObject extra, boolean digest) {

    /** Checks for null. */
    public ClientOptions {
        Objects.requireNonNull(app, "app");
        Objects.requireNonNull(tcUrl, "tcUrl");
        Objects.requireNonNull(flashVer, "flashVer");
        Objects.requireNonNull(extra, "extra");
    }

    /**
     * An ordinary client.
     *
     * @param app the application
     * @param tcUrl the URL without the stream's name
     * @return options with the simple handshake
     */
    public static ClientOptions of(String app, String tcUrl) {
        return new ClientOptions(app, tcUrl, "FMLE/3.0 (compatible; Millrace)", AmfObject.builder().build(), false);
    }
}
