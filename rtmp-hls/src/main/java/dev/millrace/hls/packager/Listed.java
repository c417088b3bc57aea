package dev.millrace.hls.packager;

import dev.millrace.hls.store.SegmentId;
import java.util.Optional;

/**
 * What is remembered of a segment in the playlist, besides what the playlist says.
 *
 * @param id its name in the store
 * @param listedAtMillis when it was listed
 * @param independent whether decoding can start with it
 * @param keyId the key that it is encrypted with
 */
record Listed(SegmentId id, long listedAtMillis, boolean independent, Optional<String> keyId) {}
