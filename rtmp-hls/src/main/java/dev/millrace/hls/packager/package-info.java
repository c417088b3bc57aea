/**
 * From the frames of a stream to what an origin serves.
 *
 * <p>Start at {@link dev.millrace.hls.packager.HlsPackager}: open one for each stream name and subscribe what it attaches;
 * {@link dev.millrace.hls.packager.HlsOptions} say how long segments are and what becomes of the playlist when the publisher goes. An origin sees it
 * as an {@link dev.millrace.hls.packager.HlsStream}. A packager has one writer; what it gives away are immutable snapshots, so that any number of
 * readers need no lock.
 */
package dev.millrace.hls.packager;
