package dev.millrace.hls.packager;

import dev.millrace.hls.store.ObjectName;
import java.util.Optional;

/**
 * A segment that has left the playlist and can still be fetched.
 *
 * @param name its name in the store
 * @param initialization the initialization segment that it needs, if its format has one
 * @param expiresAtMillis when no player that saw it listed needs it any more
 * @param keyId the key that it is encrypted with
 */
record Retained(ObjectName name, Optional<ObjectName> initialization, long expiresAtMillis, Optional<String> keyId) {}
