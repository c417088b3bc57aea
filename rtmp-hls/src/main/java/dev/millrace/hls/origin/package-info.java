/**
 * Answers the HTTP requests of players, independent of any HTTP server: requests and responses are values.
 *
 * <p>Start at {@link dev.millrace.hls.origin.HlsOrigin}. A host converts a request to an {@link dev.millrace.hls.origin.HlsRequest}, passes
 * it to the origin, and writes the {@link dev.millrace.hls.origin.HlsResponse} when it is complete. The adapter for one HTTP server is a page
 * long.
 *
 * <p>Nothing here opens a socket, starts a thread, or logs; files are read only by {@link dev.millrace.hls.origin.HlsBody#writeTo}. Malformed
 * requests get a status of 400 to 416 and leave no state behind.
 */
package dev.millrace.hls.origin;
