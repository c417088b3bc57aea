/**
 * Storage for media segments and initialization segments.
 *
 * <p>Start at {@link dev.millrace.hls.store.SegmentStores}: in memory, in a directory, or a host's own. A store knows neither containers nor
 * playlists; it keeps bytes under an {@link dev.millrace.hls.store.ObjectName} and a {@link dev.millrace.hls.store.StoreState} with them, and
 * guarantees that both appear together. RFC 8216, 6.2.1 and 6.2.2: a playlist names only what can be fetched.
 */
package dev.millrace.hls.store;
