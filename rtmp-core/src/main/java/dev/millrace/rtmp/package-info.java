/**
 * What every layer of the protocol shares: {@link dev.millrace.rtmp.RtmpLimits}, the bounds on what a peer can make this process hold or do,
 * and {@link dev.millrace.rtmp.RtmpProtocolException}, the one exception for a peer's mistakes.
 *
 * <p>To run a server start at {@code dev.millrace.rtmp.server}; to drive the protocol over a transport of your own start at
 * {@code dev.millrace.rtmp.connection}, or, without any of the library's policy, at {@code dev.millrace.rtmp.session}. The protocol is Adobe's
 * RTMP 1.0 and Veovera's Enhanced RTMP v2.
 */
package dev.millrace.rtmp;
