/**
 * Programs that show how a host uses Millrace, about a page each. In reading order:
 *
 * <ol>
 *   <li>{@link dev.millrace.examples.EmbeddedServer}: a server inside a program, in ten lines
 *   <li>{@link dev.millrace.examples.TokenAuth}: authenticates publishers; secret keys become public names
 *   <li>{@link dev.millrace.examples.EventLog}: logs every event that a host can receive
 *   <li>{@link dev.millrace.examples.RecordToFlv}: records every published stream
 *   <li>{@link dev.millrace.examples.ElementaryStreams}: a live stream as {@code .h264} and {@code .aac} files
 *   <li>{@link dev.millrace.examples.PublishFromCode}: publishes without a socket, in real time
 *   <li>{@link dev.millrace.examples.HlsToDirectory}: live HLS in a folder, for any web server
 *   <li>{@link dev.millrace.examples.HlsWithJdkHttpServer}: live HLS from the same process, with the HTTP server
 *       of the JDK and {@link dev.millrace.examples.HlsHttpHandler}
 *   <li>{@link dev.millrace.examples.OwnSegmentStore}: segments in object storage
 *   <li>{@link dev.millrace.examples.ClusterRegistry}: names and streams of a cluster
 *   <li>{@link dev.millrace.examples.OwnTransport}: RTMPS on TLS sockets of the JDK, without Netty's channels
 *   <li>{@link dev.millrace.examples.FlvInfo} and {@link dev.millrace.examples.FlvToHls}: tools for files
 * </ol>
 */
package dev.millrace.examples;
