package dev.millrace.hls.ts;

/** The stream_id of a PES packet (ISO/IEC 13818-1, table 2-22). */
final class StreamId {

    static final int VIDEO = 0xE0;
    static final int AUDIO = 0xC0;
    static final int PRIVATE_1 = 0xBD;

    private StreamId() {}
}
