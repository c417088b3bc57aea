/**
 * Where segments go.
 *
 * <p>Start at {@link dev.millrace.hls.store.SegmentStores}: in memory, in a directory, or a host's own. A store knows nothing of media or
 * playlists; it keeps bytes under a {@link dev.millrace.hls.store.SegmentId} and a text with them, and promises that both appear together.
 * RFC 8216, 6.2.1 and 6.2.2: a playlist names only what can be fetched.
 */
package dev.millrace.hls.store;
