/**
 * Netty's channels as transports of connections, for either side. This package is not exported.
 *
 * <p>Start at {@link dev.millrace.rtmp.transport.NettyTransport}. Of the packages above, which offer Netty's types to
 * hosts, only the classes that a test names use Netty's channels too.
 */
package dev.millrace.rtmp.transport;
