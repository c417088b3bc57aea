package dev.millrace.liveserver.snapshot;

import dev.millrace.codec.nal.NalUnits;
import dev.millrace.media.Bytes;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Splits a byte stream into NAL units (ITU-T H.264, annex B and 7.3.1). */
final class AvcNalUnits {

    private static final int EMULATION_PREVENTION = 0x03;

    private AvcNalUnits() {}

    /** The NAL units between the start codes, without the zeros in front of these. */
    static List<Bytes> split(Bytes byteStream) throws IOException {
        NalUnits found = new NalUnits();
        found.scanByteStream(byteStream);
        if (found.droppedBytes() > 0) {
            throw new IOException("access unit has more than " + NalUnits.MAX_COUNT + " NAL units");
        }
        return IntStream.range(0, found.count()).mapToObj(found::get).toList();
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
