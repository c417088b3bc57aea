package dev.millrace.hls.ts;

import dev.millrace.codec.nal.NalUnits;
import dev.millrace.media.Bytes;
import dev.millrace.media.MediaFrame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The NAL units of one message, found once: where each is, and what kind of access unit they are. Nothing is copied. One object serves all messages
 * of a track. Confined to one thread.
 */
public final class VideoUnit {

    /** An access unit is not longer: a message of RTMP and a tag of FLV have 24 bits for their length. */
    public static final int MAX_BYTES = 0xFF_FFFF;

    private static final int MAX_NAL_UNITS = NalUnits.MAX_COUNT;
    private static final int FIRST_NAL_UNITS = 16;
    private static final int START_CODE_BYTES = 4;
    private static final int SHORT_START_CODE_BYTES = 3;

    private final TsCodec codec;

    // The access unit; the arrays are kept.
    private MediaFrame frame;
    private int[] starts = new int[FIRST_NAL_UNITS];
    private int[] lengths = new int[FIRST_NAL_UNITS];
    private int count;
    private int bytes;
    private int brokenNalUnits;
    private boolean damaged;
    private boolean picture;
    private boolean randomAccessPoint;
    private boolean vps;
    private boolean sps;
    private boolean pps;

    /**
     * Makes a unit that has scanned nothing, and is empty.
     *
     * @param codec AVC or HEVC
     * @throws IllegalArgumentException if the codec is not of video
     */
    public VideoUnit(TsCodec codec) {
        if (!codec.isVideo()) {
            throw new IllegalArgumentException(codec + " is not AVC or HEVC");
        }
        this.codec = codec;
    }

    /**
     * Finds the NAL units of a message, and forgets those of the message before.
     *
     * <p>Passed over are empty NAL units, access unit delimiters, filler data, and {@linkplain #brokenNalUnits() what is broken}. Start codes
     * where lengths should be are understood if lengths have four bytes. Bad input never makes it throw: see {@link #isDamaged()}.
     *
     * @param message kept until the next call
     * @param from first byte of the access unit in the message, behind tag header and composition time
     * @param length bytes of the access unit
     * @param nalUnitLengthBytes bytes of each length, 1, 2 or 4, from the configuration record
     * @throws IndexOutOfBoundsException if the range is outside the message
     * @throws IllegalArgumentException if {@code nalUnitLengthBytes} is something else
     */
    public void scan(MediaFrame message, int from, int length, int nalUnitLengthBytes) {
        Objects.checkFromIndexSize(from, length, message.size());
        if (nalUnitLengthBytes != 1 && nalUnitLengthBytes != 2 && nalUnitLengthBytes != START_CODE_BYTES) {
            throw new IllegalArgumentException("nalUnitLengthBytes " + nalUnitLengthBytes + " is not 1, 2 or 4");
        }
        frame = message;
        clear();
        boolean whole = length <= MAX_BYTES
                && (scanLengths(from, from + length, nalUnitLengthBytes)
                        || nalUnitLengthBytes == START_CODE_BYTES && scanStartCodes(from, from + length));
        if (!whole) {
            clear();
            damaged = true;
        }
    }

    private void clear() {
        count = 0;
        bytes = 0;
        brokenNalUnits = 0;
        damaged = false;
        picture = false;
        randomAccessPoint = false;
        vps = false;
        sps = false;
        pps = false;
    }

    private boolean scanLengths(int from, int end, int lengthBytes) {
        int at = from;
        while (end - at >= lengthBytes) {
            long length = 0;
            for (int i = 0; i < lengthBytes; i++) {
                length = length << 8 | frame.byteAt(at + i) & 0xFF;
            }
            at += lengthBytes;
            if (length > end - at || !add(at, (int) length)) {
                return false;
            }
            at += (int) length;
        }
        return isZero(at, end); // what is too short for a length may be padding
    }

    private boolean isZero(int from, int end) {
        for (int at = from; at < end; at++) {
            if (frame.byteAt(at) != 0) {
                return false;
            }
        }
        return true;
    }

    /** The byte stream format of H.264 and H.265, annex B. */
    private boolean scanStartCodes(int from, int end) {
        clear();
        int at = findStartCode(from, end);
        if (at == end || at > from + 1 || !isZero(from, at)) {
            return false;
        }
        while (at < end) {
            int start = at + SHORT_START_CODE_BYTES;
            at = findStartCode(start, end);
            int last = at;
            while (last > start && frame.byteAt(last - 1) == 0) { // a NAL unit does not end with 0; these belong to what is between two
                last--;
            }
            if (!add(start, last - start)) {
                return false;
            }
        }
        return true;
    }

    /** Where the next 000001 is, or the end. */
    private int findStartCode(int from, int end) {
        for (int at = from; at + SHORT_START_CODE_BYTES <= end; at++) {
            if (frame.byteAt(at) == 0 && frame.byteAt(at + 1) == 0 && frame.byteAt(at + 2) == 1) {
                return at;
            }
        }
        return end;
    }

    /** Returns whether there is still room for it. */
    private boolean add(int start, int length) {
        NalUnitKind kind = length == 0 ? NalUnitKind.NONE : NalUnitKind.of(codec, frame.byteAt(start), length);
        if (!kind.isWritten()) {
            return true;
        }
        if (isZero(start, start + length)) {
            brokenNalUnits++; // between start codes, zeros are padding
            return true;
        }
        if (count == MAX_NAL_UNITS) {
            return false;
        }
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
            lengths = Arrays.copyOf(lengths, 2 * count);
        }
        starts[count] = start;
        lengths[count] = length;
        count++;
        bytes += START_CODE_BYTES + length;
        randomAccessPoint |= kind == NalUnitKind.RANDOM_ACCESS_SLICE;
        picture |= kind.isSlice();
        if (!picture) {
            vps |= kind == NalUnitKind.VPS;
            sps |= kind == NalUnitKind.SPS;
            pps |= kind == NalUnitKind.PPS;
        }
        return true;
    }

    /**
     * Whether there is no picture to write: no slice was found, or the access unit is damaged.
     *
     * @return true if a muxer would drop it
     */
    public boolean isEmpty() {
        return !picture;
    }

    /**
     * Whether a length led past the end, or there are more NAL units or bytes than any encoder makes. The whole access unit is dropped then.
     *
     * @return true if so
     */
    public boolean isDamaged() {
        return damaged;
    }

    /**
     * How many NAL units were passed over because they have nothing but zero bytes, which no NAL unit has, and no reader would find.
     *
     * @return 0 or more
     */
    public int brokenNalUnits() {
        return brokenNalUnits;
    }

    /**
     * Whether decoding can start here.
     *
     * @return true if it has a slice of an IDR picture (H.264), or of an IRAP picture (H.265)
     */
    public boolean isRandomAccessPoint() {
        return randomAccessPoint;
    }

    /**
     * Whether it carries all kinds of parameter sets, ahead of its first slice.
     *
     * @return true if it has SPS and PPS, and VPS too if it is H.265
     */
    public boolean hasParameterSets() {
        return sps && pps && (vps || codec == TsCodec.AVC);
    }

    /**
     * Copies the parameter sets of the access unit, for use before later ones. Some encoders send them in a message of their own, without a slice.
     *
     * @return VPS, SPS and PPS, wherever they stand, in their order; new for each call
     */
    public List<Bytes> parameterSets() {
        List<Bytes> sets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (NalUnitKind.of(codec, frame.byteAt(starts[i]), lengths[i]).isParameterSet()) {
                byte[] set = new byte[lengths[i]];
                frame.getBytes(starts[i], set, 0, set.length);
                sets.add(Bytes.takeOver(set));
            }
        }
        return List.copyOf(sets);
    }

    TsCodec codec() {
        return codec;
    }

    MediaFrame frame() {
        return frame;
    }

    int count() {
        return count;
    }

    int start(int index) {
        return starts[index];
    }

    int length(int index) {
        return lengths[index];
    }

    /** The NAL units, each with a start code of four bytes. */
    int bytesWithStartCodes() {
        return bytes;
    }
}
