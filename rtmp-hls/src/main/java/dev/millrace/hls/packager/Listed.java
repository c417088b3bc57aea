package dev.millrace.hls.packager;

import dev.millrace.hls.store.ObjectName;
import java.util.Optional;

/**
 * What is remembered of a segment in the playlist, besides what the playlist says.
 *
 * @param name its name in the store
 * @param initialization the initialization segment that it needs, if its format has one
 * @param listedAtMillis when it was listed
 * @param independent whether decoding can start with it
 * @param keyId the key that it is encrypted with
 * @param longestListMillis the longest playlist that it was in so far; 0 if it is about to be listed
 */
record Listed(
        ObjectName name,
        Optional<ObjectName> initialization,
        long listedAtMillis,
        boolean independent,
        Optional<String> keyId,
        long longestListMillis) {

    Listed inListOf(long millis) {
        return millis <= longestListMillis ? this : new Listed(name, initialization, listedAtMillis, independent, keyId, millis);
    }
}
