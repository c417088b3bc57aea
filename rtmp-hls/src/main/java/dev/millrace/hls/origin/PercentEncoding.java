package dev.millrace.hls.origin;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Percent-encoding of URIs (RFC 3986, 2.1). */
final class PercentEncoding {

    private PercentEncoding() {}

    /**
     * Decodes once. Text that was encoded twice is still encoded once afterwards.
     *
     * @throws BadRequestException if it has other characters than visible ASCII, a '%' without two hexadecimal digits, or its bytes are not
     *     UTF-8
     */
    static String decode(String raw) throws BadRequestException {
        byte[] bytes = new byte[raw.length()];
        int length = 0;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            checkVisibleAscii(c);
            if (c == '%') {
                checkTriplet(raw, i);
                bytes[length++] = (byte) HexFormat.fromHexDigits(raw, i + 1, i + 3);
                i += 2;
            } else {
                bytes[length++] = (byte) c;
            }
        }
        try {
            // This decoder refuses overlong forms and surrogates, so that '/' and '.' have one encoding each.
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length)).toString();
        } catch (CharacterCodingException e) {
            throw new BadRequestException("path is not UTF-8");
        }
    }

    /** Refuses spaces, control characters, and everything outside ASCII. */
    static void checkVisibleAscii(char c) throws BadRequestException {
        if (c <= ' ' || c > '~') {
            throw new BadRequestException("character that must be percent-encoded");
        }
    }

    /** Refuses a '%' that two hexadecimal digits do not follow. */
    static void checkTriplet(String raw, int at) throws BadRequestException {
        if (at + 2 >= raw.length() || !HexFormat.isHexDigit(raw.charAt(at + 1)) || !HexFormat.isHexDigit(raw.charAt(at + 2))) {
            throw new BadRequestException("broken percent-encoding");
        }
    }
}
