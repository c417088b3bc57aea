package dev.millrace.liveserver.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.eclipse.jetty.http.HttpHeader;

/** A file of the page, in memory. Immutable. */
final class StaticFile {

    /** The page needs nothing of other hosts and gets nothing of them; hls.js brings media and workers of its own making. */
    private static final String POLICY = "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; worker-src 'self' blob:; "
            + "connect-src 'self'; style-src 'self'; script-src 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static final int ETAG_BYTES = 12;

    private final byte[] content;
    private final String contentType;
    private final String etag;

    /** Takes the content over. */
    StaticFile(byte[] content, String contentType) {
        this.content = content;
        this.contentType = contentType;
        this.etag = "\"" + HexFormat.of().formatHex(sha256(content), 0, ETAG_BYTES) + "\"";
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    void answer(Call call) {
        if (!call.isRead()) {
            JsonAnswers.methodNotAllowed(call, Call.READ_METHODS);
            return;
        }
        call.set(HttpHeader.CACHE_CONTROL, "no-cache");
        call.set(HttpHeader.ETAG, etag);
        call.set("Content-Security-Policy", POLICY);
        if (call.hasAlready(etag)) {
            call.send(304);
        } else {
            call.send(200, contentType, content);
        }
    }
}
