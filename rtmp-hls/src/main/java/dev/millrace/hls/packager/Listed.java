package dev.millrace.hls.packager;

import dev.millrace.hls.store.ObjectName;
import java.util.Optional;

/**
 * What is remembered of a segment in the playlist, besides what the playlist says.
 *
 * @param id its name in the store
 * @param listedAtMillis when it was listed
 * @param independent whether decoding can start with it
 * @param keyId the key that it is encrypted with
 * @param longestListMillis the longest playlist that it was in so far
 */
record Listed(ObjectName id, long listedAtMillis, boolean independent, Optional<String> keyId, long longestListMillis) {

    /** Of a segment that is about to be listed. */
    Listed(ObjectName id, long listedAtMillis, boolean independent, Optional<String> keyId) {
        this(id, listedAtMillis, independent, keyId, 0);
    }

    Listed inListOf(long millis) {
        return millis <= longestListMillis ? this : new Listed(id, listedAtMillis, independent, keyId, millis);
    }
}
