/**
 * Contract tests for what a host implements itself. A host's test is one subclass of a contract; it needs JUnit 5 and the
 * artifact {@code millrace-testkit} in test scope.
 *
 * <p>Start at {@link dev.millrace.testkit.StreamRegistryContract}, {@link dev.millrace.testkit.NameClaimsContract} or
 * {@link dev.millrace.testkit.SegmentStoreContract}.
 */
package dev.millrace.testkit;
