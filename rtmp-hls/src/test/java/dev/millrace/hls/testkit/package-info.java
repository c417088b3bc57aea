/**
 * For hosts: tests that an implementation of an interface of this library must pass, and a reader of segments that shares nothing with the code
 * that writes them.
 *
 * <p>In the artifact with classifier {@code tests}; needs JUnit 5. Start at {@link dev.millrace.hls.testkit.SegmentStoreContract} or
 * {@link dev.millrace.hls.testkit.TsCheck}.
 */
package dev.millrace.hls.testkit;
