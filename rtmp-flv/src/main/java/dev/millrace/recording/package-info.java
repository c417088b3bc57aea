/**
 * Recordings of live streams as FLV files.
 *
 * <p>Start at {@link dev.millrace.recording.FlvRecorder}: a subscriber that writes to channels which the host opens
 * through a {@link dev.millrace.recording.RecordingStore}. A recorder may block on its channel, so it needs an executor
 * of its own; the publisher never waits for it, and a recorder that is too slow drops whole frames and resumes at a
 * keyframe. FLV 10.1, annex E.
 */
package dev.millrace.recording;
