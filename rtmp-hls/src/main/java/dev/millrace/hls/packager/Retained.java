package dev.millrace.hls.packager;

import dev.millrace.hls.store.ObjectName;
import java.util.Optional;

/**
 * A segment that has left the playlist and can still be fetched.
 *
 * @param id its name in the store
 * @param expiresAtMillis when nobody who saw it listed needs it any more
 * @param keyId the key that it is encrypted with
 */
record Retained(ObjectName id, long expiresAtMillis, Optional<String> keyId) {}
