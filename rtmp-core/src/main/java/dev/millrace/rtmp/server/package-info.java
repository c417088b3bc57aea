/**
 * An RTMP server on Netty.
 *
 * <p>Start at {@link dev.millrace.rtmp.server.RtmpServer}. Netty's types are here for hosts that bring event loops and handlers; everything
 * that happens on a connection is in {@link dev.millrace.rtmp.connection} and works over other transports too.
 */
package dev.millrace.rtmp.server;
