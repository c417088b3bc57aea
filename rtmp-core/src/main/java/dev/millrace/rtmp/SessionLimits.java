package dev.millrace.rtmp;

/**
 * What one connection may ask of us.
 *
 * @param maxCommandsPerSecond commands; more closes the connection
 * @param maxControlsPerSecond messages of types 1 to 6 and messages without a byte; more closes the connection
 * @param maxMetadataPerSecond metadata messages; more are dropped and counted
 * @param maxSkippedMessages messages of unknown type or with a body that is no AMF; more means that we lost the thread, and closes the connection
 * @param maxMessageStreams message streams open at one time
 * @param maxUnauthorisedBytes all bytes before the host has accepted a publisher or a player
 * @param maxUnauthorisedCommands all commands before that
 * @param maxUndecidedBytes bytes kept while the host decides
 * @param windowAcknowledgementBytes the window that we announce in both directions
 */
public record SessionLimits(
        int maxCommandsPerSecond,
        int maxControlsPerSecond,
        int maxMetadataPerSecond,
        int maxSkippedMessages,
        int maxMessageStreams,
        int maxUnauthorisedBytes,
        int maxUnauthorisedCommands,
        int maxUndecidedBytes,
        int windowAcknowledgementBytes) {

    /** 100, 1,000, 10, 8, 16, 1 MiB, 64, 64 KiB and 2,500,000. */
    public static final SessionLimits DEFAULT = new SessionLimits(100, 1_000, 10, 8, 16, 1 << 20, 64, 64 << 10, 2_500_000);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is not positive, or {@code maxUnauthorisedBytes} is less than 4096
     */
    public SessionLimits {
        Checks.atLeast("maxCommandsPerSecond", maxCommandsPerSecond, 1);
        Checks.atLeast("maxControlsPerSecond", maxControlsPerSecond, 1);
        Checks.atLeast("maxMetadataPerSecond", maxMetadataPerSecond, 1);
        Checks.atLeast("maxSkippedMessages", maxSkippedMessages, 1);
        Checks.atLeast("maxMessageStreams", maxMessageStreams, 1);
        Checks.atLeast("maxUnauthorisedBytes", maxUnauthorisedBytes, 4096);
        Checks.atLeast("maxUnauthorisedCommands", maxUnauthorisedCommands, 1);
        Checks.atLeast("maxUndecidedBytes", maxUndecidedBytes, 1);
        Checks.atLeast("windowAcknowledgementBytes", windowAcknowledgementBytes, 1);
    }
}
