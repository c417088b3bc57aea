/**
 * Snapshots of live streams as JPEG, in pure Java. Start at {@link dev.millrace.examples.snapshot.Snapshots}.
 */
package dev.millrace.examples.snapshot;
