/** Micro-benchmarks of what is done for each segment or each viewer. Start at the profile {@code bench} of the module, which alone compiles them. */
package dev.millrace.hls.bench;
