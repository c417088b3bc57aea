/**
 * Micro-benchmarks of what is done for each frame or each segment. Start at the profile {@code bench} of the module,
 * which alone compiles them.
 */
package dev.millrace.bench;
