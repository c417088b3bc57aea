package dev.millrace.rtmp.connection;

/**
 * Counters of one connection at one moment.
 *
 * @param bytesReceived from the first byte of the handshake on
 * @param bytesSent handed to the transport
 * @param ignoredMessages messages without effect: unknown types, commands out of place, media that cannot be parsed
 */
public record ConnectionStatistics(long bytesReceived, long bytesSent, long ignoredMessages) {}
