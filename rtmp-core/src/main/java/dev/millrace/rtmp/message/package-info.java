/**
 * What messages say: control messages, user control events, commands and status objects (RTMP 1.0, sections 5.4, 6 and 7).
 *
 * <p>Start at {@link dev.millrace.rtmp.message.RtmpMessage}: a sealed set of immutable records, each of which reads and writes its own body.
 * A type that nobody knows is a value, not an error. Nothing here does input or output.
 */
package dev.millrace.rtmp.message;
