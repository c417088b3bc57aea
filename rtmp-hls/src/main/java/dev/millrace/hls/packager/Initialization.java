package dev.millrace.hls.packager;

import dev.millrace.hls.store.ObjectName;
import dev.millrace.media.Bytes;

/**
 * An initialization segment in the store.
 *
 * @param name its name in the store
 * @param bytes its content
 */
record Initialization(ObjectName name, Bytes bytes) {}
