/**
 * For hosts: tests that an implementation of an interface of this library must pass.
 *
 * <p>In the artifact with classifier {@code tests}; needs JUnit 5. Start at {@link dev.millrace.hls.testkit.SegmentStoreContract}.
 */
package dev.millrace.hls.testkit;
