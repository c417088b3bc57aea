/**
 * What is known of a stream's tracks while it runs, and its latest keyframe.
 *
 * <p>Start at {@link dev.millrace.track.StreamTracks}, which follows a stream and knows codecs, sizes and rates at any time, or at
 * {@link dev.millrace.track.LatestKeyframe}, which holds the newest picture that can be decoded alone. Both are subscribers; what they know can be
 * read from any thread. Nothing here decodes pictures or sound.
 */
package dev.millrace.track;
