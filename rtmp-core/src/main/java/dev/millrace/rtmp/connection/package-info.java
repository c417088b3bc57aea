/**
 * One connection with everything: session, access, registry, publishing and playing, over any transport.
 *
 * <p>Start at {@link dev.millrace.rtmp.connection.RtmpConnection}. A host answers who may do what through an
 * {@link dev.millrace.rtmp.connection.AccessPolicy}, hears what happens through an {@link dev.millrace.rtmp.connection.RtmpListener}, and, if it
 * has sockets of its own, brings them as a {@link dev.millrace.rtmp.connection.Transport}. Nothing here knows Netty's channels.
 *
 * <p>A connection lives on the serial executor of its transport; what is safe from other threads says so.
 */
package dev.millrace.rtmp.connection;
