package dev.millrace.codec.nal;

import dev.millrace.bits.ParameterSets;
import dev.millrace.media.Bytes;
import java.util.Arrays;
import java.util.Objects;

/**
 * Finds the NAL units of access units, without copying anything (ISO/IEC 14496-15, 5.3.2; ITU-T H.264 and H.265, annex B).
 *
 * <p>FLV puts a length before each NAL unit. Some encoders write start codes instead: where lengths have four bytes, do not
 * fit, and the access unit begins with a start code, it is read as a byte stream.
 *
 * <p>One object serves any number of access units, one after the other, and keeps its arrays. Confined to one thread.
 */
public final class NalUnits {

    /** NAL units in one access unit. H.265 allows 600 slices at level 6.2, cameras send some tens. */
    public static final int MAX_COUNT = 4096;

    private static final int INITIAL_COUNT = 16;
    private static final int START_CODE_BYTES = 3;
    private static final int MAX_LENGTH_BYTES = 4;
    private static final int[] NONE = {};

    private Bytes bytes = Bytes.EMPTY;
    private int[] ranges = new int[2 * INITIAL_COUNT];
    private int count;
    private int droppedBytes;
    private boolean damaged;
    private boolean startCodes;

    /** Creates a walker that has found nothing. */
    public NalUnits() {}

    /**
     * Finds the NAL units of an access unit, and forgets those of the one before. Empty NAL units are skipped.
     *
     * @param message holds the access unit; kept until the next call
     * @param offset index of the first byte of the access unit
     * @param length bytes of the access unit
     * @param nalUnitLengthBytes bytes of each length, 1, 2 or 4, from the configuration record
     * @throws IndexOutOfBoundsException if the range is outside the message
     * @throws IllegalArgumentException if {@code nalUnitLengthBytes} is not 1, 2 or 4
     */
    public void scan(Bytes message, int offset, int length, int nalUnitLengthBytes) {
        Objects.checkFromIndexSize(offset, length, message.size());
        ParameterSets.checkNalUnitLengthBytes(nalUnitLengthBytes);
        bytes = message;
        int end = offset + length;
        scanLengths(offset, end, nalUnitLengthBytes);
        if (damaged && count < MAX_COUNT && nalUnitLengthBytes == MAX_LENGTH_BYTES) {
            int first = findStartCode(offset, end);
            if (first < end && (first == offset || first == offset + 1 && message.byteAt(offset) == 0)) {
                scanStartCodes(first, end);
            }
        }
    }

    /**
     * Finds the NAL units of a byte stream, and forgets those of the access unit before. Bytes ahead of the first start code are skipped.
     *
     * @param stream holds NAL units between start codes; kept until the next call
     */
    public void scanByteStream(Bytes stream) {
        bytes = stream;
        scanStartCodes(findStartCode(0, stream.size()), stream.size());
    }

    private void scanLengths(int offset, int end, int lengthBytes) {
        count = 0;
        startCodes = false;
        int at = offset;
        while (end - at >= lengthBytes) {
            long length = 0;
            for (int i = 0; i < lengthBytes; i++) {
                length = length << 8 | bytes.unsignedByteAt(at + i);
            }
            if (length > end - at - lengthBytes || count == MAX_COUNT) {
                break;
            }
            add(at + lengthBytes, (int) length);
            at += lengthBytes + (int) length;
        }
        droppedBytes = end - at;
        damaged = droppedBytes >= lengthBytes || !isZero(at, droppedBytes); // a few zeros may be padding
    }

    private void scanStartCodes(int first, int end) {
        count = 0;
        startCodes = true;
        int at = first;
        while (at < end && count < MAX_COUNT) {
            int start = at + START_CODE_BYTES;
            at = findStartCode(start, end);
            int last = at;
            while (last > start && bytes.byteAt(last - 1) == 0) { // zeros between two NAL units belong to neither
                last--;
            }
            add(start, last - start);
        }
        droppedBytes = end - at;
        damaged = droppedBytes > 0;
    }

    /** Returns the index of the next 000001, or {@code end}. */
    private int findStartCode(int from, int end) {
        for (int at = from; at + START_CODE_BYTES <= end; at++) {
            if (bytes.byteAt(at) == 0 && bytes.byteAt(at + 1) == 0 && bytes.byteAt(at + 2) == 1) {
                return at;
            }
        }
        return end;
    }

    private void add(int start, int length) {
        if (length == 0) {
            return;
        }
        if (2 * count == ranges.length) {
            ranges = Arrays.copyOf(ranges, 2 * ranges.length);
        }
        ranges[2 * count] = start;
        ranges[2 * count + 1] = length;
        count++;
    }

    private boolean isZero(int from, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes.byteAt(from + i) != 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns how many NAL units were found.
     *
     * @return 0 to {@link #MAX_COUNT}
     */
    public int count() {
        return count;
    }

    /**
     * Returns where a NAL unit begins.
     *
     * @param index 0 to {@code count() - 1}
     * @return index in the message of the first byte of its header
     * @throws IndexOutOfBoundsException if there is no such NAL unit
     */
    public int offset(int index) {
        return ranges[2 * Objects.checkIndex(index, count)];
    }

    /**
     * Returns how long a NAL unit is.
     *
     * @param index 0 to {@code count() - 1}
     * @return bytes, 1 or more
     * @throws IndexOutOfBoundsException if there is no such NAL unit
     */
    public int length(int index) {
        return ranges[2 * Objects.checkIndex(index, count) + 1];
    }

    /**
     * Returns a NAL unit.
     *
     * @param index 0 to {@code count() - 1}
     * @return its bytes from the header on, with emulation prevention bytes; a slice of the message
     * @throws IndexOutOfBoundsException if there is no such NAL unit
     */
    public Bytes get(int index) {
        return bytes.slice(offset(index), length(index));
    }

    /**
     * Returns all ranges.
     *
     * @return offset and length of each NAL unit in turn; a new array
     */
    public int[] ranges() {
        return count == 0 ? NONE : Arrays.copyOf(ranges, 2 * count);
    }

    /**
     * Returns how many bytes at the end could not be read, from the length that leads past the end on, or because there are more than
     * {@link #MAX_COUNT} NAL units.
     *
     * @return 0 if the access unit was read whole
     */
    public int droppedBytes() {
        return droppedBytes;
    }

    /**
     * Returns whether the access unit is damaged: bytes were dropped that are more than a few zeros of padding.
     *
     * @return true if NAL units are missing or cut off
     */
    public boolean isDamaged() {
        return damaged;
    }

    /**
     * Returns whether the access unit has start codes where FLV wants lengths.
     *
     * @return true for a byte stream
     */
    public boolean hasStartCodes() {
        return startCodes;
    }
}
