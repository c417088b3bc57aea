/**
 * From the frames of a stream to what an origin serves.
 *
 * <p>Start at {@link dev.millrace.hls.packager.HlsStream}: what an origin needs to know of one stream. A packager has one writer; what it
 * gives away are immutable snapshots, so that any number of readers need no lock.
 */
package dev.millrace.hls.packager;
