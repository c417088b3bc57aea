package dev.millrace.rtmp.handshake;

/**
 * Which of the two blocks of a digest C1 or S1 comes first.
 *
 * <pre>
 *           0      4         8                 772               1536
 * BASE_8    | time | version | digest block    | key block       |
 * BASE_772  | time | version | key block       | digest block    |
 *
 * digest block: 4 offset bytes, then 760 bytes with the 32 of the digest somewhere in them
 * </pre>
 */
enum DigestOrder {
    /** The digest block is first: what clients of today send. */
    BASE_8(8),

    /** The key block is first. */
    BASE_772(772);

    /** How many places the digest has: the 760 bytes without its own 32. */
    private static final int POSITIONS = 728;

    private static final int OFFSET_BYTES = 4;

    private final int base;

    DigestOrder(int base) {
        this.base = base;
    }

    /** Where the digest starts in the 1536 bytes of {@code packet}. */
    int digestPosition(byte[] packet) {
        int offset = 0;
        for (int i = 0; i < OFFSET_BYTES; i++) {
            offset += Byte.toUnsignedInt(packet[base + i]);
        }
        return base + OFFSET_BYTES + offset % POSITIONS;
    }
}
