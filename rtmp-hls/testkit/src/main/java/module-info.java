/**
 * Contract tests for the interfaces of Millrace that hosts implement, run by JUnit 5.
 *
 * <p>Start at {@link dev.millrace.testkit.StreamRegistryContract}, {@link dev.millrace.testkit.NameClaimsContract} and
 * {@link dev.millrace.testkit.SegmentStoreContract}.
 */
module dev.millrace.testkit {
    requires transitive dev.millrace.hls;
    requires transitive dev.millrace.rtmp;
    requires transitive org.junit.jupiter.api;

    exports dev.millrace.testkit;

    // JUnit runs the package-private tests that a host's subclass inherits.
    opens dev.millrace.testkit;
}
