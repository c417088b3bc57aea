package dev.millrace.hls.packager;

import dev.millrace.hls.crypto.KeyProvider;
import java.util.Objects;

/**
 * AES-128 over whole segments (RFC 8216, 4.3.2.4). The initialization vector is the serial of the segment.
 *
 * @param keys the provider of keys
 * @param segmentsPerKey number of consecutive segments that share a key; 1 or more
 */
public record HlsEncryption(KeyProvider keys, int segmentsPerKey) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if {@code segmentsPerKey} is less than 1
     */
    public HlsEncryption {
        Objects.requireNonNull(keys, "keys");
        if (segmentsPerKey < 1) {
            throw new IllegalArgumentException("segmentsPerKey " + segmentsPerKey + " is not 1 or more");
        }
    }
}
