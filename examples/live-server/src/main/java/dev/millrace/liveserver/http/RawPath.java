package dev.millrace.liveserver.http;

import dev.millrace.rtmp.stream.StreamName;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/** Undecoded paths of request lines (RFC 3986, 3.3), and the stream names in them. */
final class RawPath {

    private static final String PUBLIC_PREFIX = "rtmp/";
    private static final String UNRESERVED = "-._~";

    private RawPath() {}

    /**
     * Decodes once.
     *
     * @throws BadRequestException if a '%' has no two hexadecimal digits behind it, or the bytes are not UTF-8
     */
    static String decode(String raw) throws BadRequestException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
        int at = 0;
        while (at < raw.length()) {
            char c = raw.charAt(at);
            if (c != '%') {
                bytes.write(c);
                at++;
            } else if (at + 2 < raw.length() && HexFormat.isHexDigit(raw.charAt(at + 1)) && HexFormat.isHexDigit(raw.charAt(at + 2))) {
                bytes.write(HexFormat.fromHexDigits(raw, at + 1, at + 3));
                at += 3;
            } else {
                throw new BadRequestException("broken percent-encoding");
            }
        }
        try {
            // Refuses overlong forms and surrogates.
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
        } catch (CharacterCodingException e) {
            throw new BadRequestException("path is not UTF-8");
        }
    }

    /** The form in which a text is one segment of a path, or a part of one. */
    static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0)) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return encoded.toString();
    }

    /** The same, but a path stays one of many segments. */
    static String encodeSegments(String path) {
        return encode(path).replace("%2F", "/");
    }

    /**
     * The stream that an id stands for: {@code rtmp%2Flive%2Ftest123}.
     *
     * @return empty if no stream has such an id
     * @throws BadRequestException if it is broken, or no name at all
     */
    static Optional<StreamName> streamOfId(String rawId) throws BadRequestException {
        String id = decode(rawId);
        return id.startsWith(PUBLIC_PREFIX) ? Optional.of(streamName(id.substring(PUBLIC_PREFIX.length()))) : Optional.empty();
    }

    /** The stream of a path with slashes. */
    static StreamName streamOfPath(String rawPath) throws BadRequestException {
        return streamName(decode(rawPath));
    }

    private static StreamName streamName(String path) throws BadRequestException {
        try {
            return new StreamName(path);
        } catch (IllegalArgumentException e) {
            throw new BadRequestException("no legal name of a stream");
        }
    }
}
