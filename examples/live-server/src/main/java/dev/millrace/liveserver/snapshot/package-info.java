/**
 * Snapshots of live streams as JPEG, in pure Java. Start at {@link dev.millrace.liveserver.snapshot.Snapshots}.
 */
package dev.millrace.liveserver.snapshot;
