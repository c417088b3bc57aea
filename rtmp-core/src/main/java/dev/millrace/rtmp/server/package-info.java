/**
 * An RTMP server on Netty.
 *
 * <p>Start at {@link dev.millrace.rtmp.server.RtmpServer}. This is the only package that knows Netty's channels; everything it does over them is
 * in {@link dev.millrace.rtmp.connection} and works over other transports too.
 */
package dev.millrace.rtmp.server;
