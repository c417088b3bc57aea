package dev.millrace.liveserver.snapshot;

import dev.millrace.media.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Splits a byte stream into NAL units (ITU-T H.264, annex B and 7.3.1). */
final class AvcNalUnits {

    /** The library's access units have up to 4096, and some hundred parameter sets in front. */
    private static final int MAX_NAL_UNITS = 8192;

    private static final int START_CODE_BYTES = 3;
    private static final int EMULATION_PREVENTION = 0x03;

    private AvcNalUnits() {}

    /** The NAL units between the start codes, without the zeros in front of these. */
    static List<Bytes> split(Bytes byteStream) throws IOException {
        List<Bytes> units = new ArrayList<>();
        int at = nextStartCode(byteStream, 0);
        while (at < byteStream.size()) {
            int start = at + START_CODE_BYTES;
            at = nextStartCode(byteStream, start);
            int end = at;
            while (end > start && byteStream.byteAt(end - 1) == 0) {
                end--;
            }
            if (units.size() == MAX_NAL_UNITS) {
                throw new IOException("access unit has more than " + MAX_NAL_UNITS + " NAL units");
            }
            if (end > start) {
                units.add(byteStream.slice(start, end - start));
            }
        }
        return units;
    }

    private static int nextStartCode(Bytes in, int from) {
        for (int at = from; at + START_CODE_BYTES <= in.size(); at++) {
            if (in.byteAt(at) == 0 && in.byteAt(at + 1) == 0 && in.byteAt(at + 2) == 1) {
                return at;
            }
        }
        return in.size();
    }

    static int type(Bytes nalUnit) {
        return nalUnit.byteAt(0) & 0x1F;
    }

    static int refIdc(Bytes nalUnit) {
        return nalUnit.byteAt(0) >> 5 & 3;
    }

    /** The NAL unit from its header on, without its emulation prevention bytes. */
    static byte[] rbsp(Bytes nalUnit) {
        byte[] bytes = nalUnit.toByteArray();
        int length = 0;
        int zeros = 0;
        for (byte next : bytes) {
            if (zeros >= 2 && next == EMULATION_PREVENTION) {
                zeros = 0;
                continue;
            }
            zeros = next == 0 ? zeros + 1 : 0;
            bytes[length++] = next;
        }
        return Arrays.copyOf(bytes, length);
    }
}
