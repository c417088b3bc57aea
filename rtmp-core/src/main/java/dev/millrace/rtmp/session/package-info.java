/**
 * The protocol of one connection without any input or output: bytes and time go in, events and bytes come out.
 *
 * <p>Start at {@link dev.millrace.rtmp.session.RtmpServerSession}, or at {@link dev.millrace.rtmp.session.RtmpClientSession} for the other
 * side. One object owns handshake, chunks and commands, so that no step can be left out. A session never decides who may do what: it says what
 * the peer asks for and waits for the answer. It never looks at a clock, opens a socket, starts a thread or logs.
 *
 * <p>Sessions are confined to one thread at a time. RTMP 1.0, sections 5 to 7; Enhanced RTMP v2.
 */
package dev.millrace.rtmp.session;
