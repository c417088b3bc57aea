/**
 * Programs that show how a host uses Millrace, a page each. In reading order:
 *
 * <ol>
 *   <li>{@link dev.millrace.examples.EmbeddedServer}: a server inside a program, in ten lines
 *   <li>{@link dev.millrace.examples.TokenAuth}: who may publish, asked of a database; secret keys become public names
 *   <li>{@link dev.millrace.examples.EventLog}: everything that a host can hear of, as lines
 *   <li>{@link dev.millrace.examples.RecordToFlv}: records whatever is published
 *   <li>{@link dev.millrace.examples.PublishFromCode}: publishes without a socket, in real time
 *   <li>{@link dev.millrace.examples.HlsToDirectory}: live HLS in a folder, for any web server
 *   <li>{@link dev.millrace.examples.HlsWithJdkHttpServer}: live HLS from the same process, with the HTTP server of the JDK
 *       and {@link dev.millrace.examples.HlsHttpHandler}
 *   <li>{@link dev.millrace.examples.OwnSegmentStore}: segments in object storage
 *   <li>{@link dev.millrace.examples.ClusterRegistry}: names and streams of many nodes
 *   <li>{@link dev.millrace.examples.OwnTransport}: RTMPS on TLS sockets of the JDK, without Netty's transport
 *   <li>{@link dev.millrace.examples.FlvInfo} and {@link dev.millrace.examples.FlvToHls}: tools for files
 * </ol>
 */
package dev.millrace.examples;
