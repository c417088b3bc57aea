/**
 * The load that warms up a server: clients that publish and play a made-up stream. This package is not exported.
 *
 * <p>Start at {@link dev.millrace.rtmp.warmup.WarmUp}. It stands on client sessions; all that it knows of the server is
 * its address and its registry.
 */
package dev.millrace.rtmp.warmup;
