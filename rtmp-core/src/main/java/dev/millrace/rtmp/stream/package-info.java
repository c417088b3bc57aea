/**
 * Live streams: one publisher, any number of subscribers, and bounds on everything.
 *
 * <p>Start at {@link dev.millrace.rtmp.stream.StreamRegistry}, which decides who owns a name, and
 * {@link dev.millrace.rtmp.stream.LiveStream}, which carries frames. A writer never waits: each subscriber reads at its own pace in a bounded
 * ring, and who is too slow loses whole frames and goes on at a keyframe. A subscriber that is a socket gets batches that were laid out once for
 * all who stand at the same place.
 *
 * <p>Everything public here is thread-safe, unless it says otherwise.
 */
package dev.millrace.rtmp.stream;
