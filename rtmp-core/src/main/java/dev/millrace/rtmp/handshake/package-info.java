/**
 * The exchange of C0, C1, C2 and S0, S1, S2 that opens every RTMP connection, in its plain and in its digest form.
 *
 * <p>Start at {@link dev.millrace.rtmp.handshake.ServerHandshake}, or at {@link dev.millrace.rtmp.handshake.ClientHandshake} for the other end.
 * Both take the bytes of the peer as they come, in pieces of any size, and leave what follows the handshake unread.
 *
 * <p>Nothing here opens a socket, waits, looks at a clock or makes random numbers: bytes, time and the random source are arguments, so how long
 * a peer may take is for the caller to say. RTMPE, which encrypts the connection, is refused. A handshake belongs to one connection and is confined
 * to one thread at a time. No method takes or returns {@code null}.
 *
 * <p>The plain form is in RTMP 1.0, section 5.2. The digest form is in no specification: it is what servers and players do.
 */
package dev.millrace.rtmp.handshake;
