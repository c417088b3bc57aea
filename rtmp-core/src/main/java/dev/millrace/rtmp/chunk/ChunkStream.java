package dev.millrace.rtmp.chunk;

/** What is remembered of one chunk stream id on the reading side. */
final class ChunkStream {

    /** How this sender treats the extended timestamp in continuation chunks. Known from the first one that it sends. */
    enum ContinuationTimestamp {
        UNKNOWN,
        REPEATED,
        OMITTED,
        ZERO
    }

    static final byte[] EMPTY = {};

    final int id;

    // From the last header.
    int timestampMillis;
    int timestampDelta;
    boolean extended;
    /** The four bytes that stood after the header, where {@link #extended}. */
    int extendedTimestamp;
    int length;
    int typeId;
    int messageStreamId;

    ContinuationTimestamp continuationTimestamp = ContinuationTimestamp.UNKNOWN;

    // The message under way, if any.
    boolean partial;
    byte[] payload = EMPTY;
    int received;
    int chunks;

    ChunkStream(int id) {
        this.id = id;
    }

    /** Starts a message with the values of the last header. */
    void begin() {
        partial = true;
        payload = EMPTY;
        received = 0;
        chunks = 0;
    }

    /** Forgets the message under way. */
    void end() {
        partial = false;
        payload = EMPTY;
        received = 0;
    }
}
