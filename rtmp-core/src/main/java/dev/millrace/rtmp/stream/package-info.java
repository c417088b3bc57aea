/**
 * Live streams: one publisher, any number of subscribers, and bounds on everything.
 *
 * <p>Start at {@link dev.millrace.rtmp.stream.StreamRegistry}, which decides who owns a name, and
 * {@link dev.millrace.rtmp.stream.LiveStream}, which carries frames; {@link dev.millrace.rtmp.stream.StreamListener}
 * receives starts and ends. A writer never waits: each subscriber reads at its own pace in a bounded ring, and one that
 * is too slow loses whole frames and continues at a keyframe. Sockets receive batches that are laid out once for all in
 * the same place.
 *
 * <p>Everything public here is thread-safe, unless it says otherwise.
 */
package dev.millrace.rtmp.stream;
