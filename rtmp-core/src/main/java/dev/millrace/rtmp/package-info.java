/**
 * What every layer of the protocol shares: {@link dev.millrace.rtmp.RtmpLimits}, the bounds on what a peer can make this process hold or do,
 * and {@link dev.millrace.rtmp.RtmpProtocolException}, the one exception for a peer's mistakes.
 *
 * <p>To run a server start at {@link dev.millrace.rtmp.server.RtmpServer}; to drive the protocol over a transport of your own start at
 * {@link dev.millrace.rtmp.connection.RtmpConnection}, or, without any of the library's policy, at
 * {@link dev.millrace.rtmp.session.RtmpServerSession}. The protocol is Adobe's RTMP 1.0 and Veovera's Enhanced RTMP v2.
 */
package dev.millrace.rtmp;
