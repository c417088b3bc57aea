package dev.millrace.hls.ts;

/**
 * The checksum of a section (ISO/IEC 13818-1, annex A): polynomial 0x04C11DB7, all ones at the start, bits from the
 * left, nothing at the end.
 *
 * <p>The one of {@link java.util.zip.CRC32} has the same polynomial, but bits from the right.
 */
final class Crc32Mpeg2 {

    private static final int POLYNOMIAL = 0x04C1_1DB7;

    private Crc32Mpeg2() {}

    /** Bit by bit: there is one section for each program, made once. */
    static int of(byte[] bytes, int from, int length) {
        int crc = 0xFFFF_FFFF;
        for (int i = from; i < from + length; i++) {
            crc ^= bytes[i] << 24;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc << 1 ^ (crc < 0 ? POLYNOMIAL : 0);
            }
        }
        return crc;
    }
}
