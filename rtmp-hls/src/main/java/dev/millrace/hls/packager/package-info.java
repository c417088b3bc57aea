/**
 * Turns the frames of streams into segments and playlists that an origin serves.
 *
 * <p>Start at {@link dev.millrace.hls.packager.HlsPackagers}, which has a {@link dev.millrace.hls.packager.HlsPackager} for each stream name;
 * {@link dev.millrace.hls.packager.HlsOptions} say how long segments are and what becomes of the playlist when the publisher goes. An origin sees a
 * packager as an {@link dev.millrace.hls.packager.HlsStream}. A packager has one writer; it publishes immutable snapshots, so that any number of
 * readers need no lock.
 */
package dev.millrace.hls.packager;
