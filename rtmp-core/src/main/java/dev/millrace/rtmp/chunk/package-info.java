/**
 * Messages cut into chunks and put together again (RTMP 1.0, section 5.3).
 *
 * <p>Start at {@link dev.millrace.rtmp.chunk.ChunkReader}, or at {@link dev.millrace.rtmp.chunk.ChunkWriter} for the other direction. Times stay
 * the 32-bit milliseconds of the wire here; whoever knows the stream unwraps them. Nothing here does input or output, looks at a clock or starts a
 * thread. A reader is confined to one thread at a time, a writer is immutable.
 */
package dev.millrace.rtmp.chunk;
