/**
 * HTTP without an HTTP server: a request is a value, and so is the response.
 *
 * <p>Start at {@link dev.millrace.hls.origin.HlsOrigin}. A host takes a request apart into an {@link dev.millrace.hls.origin.HlsRequest},
 * gives it to the origin, and writes the {@link dev.millrace.hls.origin.HlsResponse} when it comes. The adapter for one HTTP server is a
 * page long.
 *
 * <p>Nothing here opens a socket, has a thread, or logs; a file is read only by {@link dev.millrace.hls.origin.HlsBody#writeTo}. A request
 * that makes no sense gets a status of 400 to 416 and leaves nothing behind.
 */
package dev.millrace.hls.origin;
