/**
 * Media instead of messages: the formats of tracks, and their samples with times in microseconds.
 *
 * <p>Start at {@link dev.millrace.sample.Demuxer}, which turns the {@linkplain dev.millrace.media.MediaFrame frames} of a stream into
 * {@link dev.millrace.sample.TrackFormat} and {@link dev.millrace.sample.Sample}, and delivers them to a
 * {@link dev.millrace.sample.SampleSubscriber}. A sample
 * {@linkplain dev.millrace.sample.Sample#writeElementaryTo writes itself} as a decoder or a file takes it.
 *
 * <p>Changes of a track's configuration are found here and nowhere else, whether they come in a sequence header or in parameter sets inside an
 * access unit. Payloads are not copied. Nothing here does input or output; no method takes or returns {@code null}.
 */
package dev.millrace.sample;
