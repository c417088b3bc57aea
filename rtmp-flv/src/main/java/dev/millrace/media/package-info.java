/**
 * What flows through a stream, and who wants it.
 *
 * <p>Start at {@link dev.millrace.media.MediaFrame}: one audio, video or data message with its time, immutable and garbage-collected, so that
 * it may be kept, passed on and forgotten without counting references. {@link dev.millrace.media.StreamHeaders} is what a decoder needs before
 * the first frame, and {@link dev.millrace.media.MediaSubscriber} is anything that takes frames: a player, a recorder, a packager.
 *
 * <p>Nothing here does input or output. No method takes or returns {@code null}; what may be missing is an {@link java.util.Optional}.
 */
package dev.millrace.media;
