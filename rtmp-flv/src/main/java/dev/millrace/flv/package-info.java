/**
 * The headers of audio and video messages, legacy FLV and Enhanced RTMP v2, which are also those of FLV tags.
 *
 * <p>Start at {@link dev.millrace.flv.FlvFrames}: it makes a frame of a message, takes messages of many tracks apart, and gives a player of one
 * track what it understands. {@link dev.millrace.flv.VideoTag} and {@link dev.millrace.flv.AudioTag} are for whoever wants the bodies.
 *
 * <p>Nothing here decodes pictures or sound or looks into configuration records, and nothing does input or output. All of it is thread-safe.
 * No method takes or returns {@code null}.
 *
 * @see <a href="https://veovera.org/docs/enhanced/enhanced-rtmp-v2">Enhanced RTMP v2; Video File Format Specification 10.1, annex E</a>
 */
package dev.millrace.flv;
