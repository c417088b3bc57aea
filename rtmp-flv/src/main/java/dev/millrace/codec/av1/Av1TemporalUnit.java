package dev.millrace.codec.av1;

import dev.millrace.media.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What can be seen in an AV1 temporal unit without decoding it (AV1, 5.3, 5.5.1 and 5.9.2). Thread-safe: it keeps nothing. */
public final class Av1TemporalUnit {

    /** OBUs in one temporal unit; what comes behind is left out. A frame has at most 512 tiles, each at most in a tile group of its own. */
    public static final int MAX_OBUS = 4096;

    private Av1TemporalUnit() {}

    /**
     * Takes a temporal unit apart. An OBU that is cut off, and what would come behind it, is left out: the sizes of the rest then do not add up to the
     * size of the body.
     *
     * @param body the temporal unit, a series of OBUs of which only the last may be without size, with or without temporal delimiter
     * @return the OBUs, which share the bytes
     */
    public static List<Av1Obu> obus(Bytes body) {
        List<Av1Obu> obus = new ArrayList<>();
        int at = 0;
        Optional<Av1Obu> next = Av1Obu.read(body, at);
        while (next.isPresent() && obus.size() < MAX_OBUS) {
            obus.add(next.get());
            at += next.get().bytes().size();
            next = Av1Obu.read(body, at);
        }
        return List.copyOf(obus);
    }

    /**
     * Whether decoding can start at a temporal unit: its first frame header is that of a key frame, or it has a sequence header and no frame
     * header at all. With or without temporal delimiter. An OBU that is cut off does not count.
     *
     * @param unit the temporal unit, a series of OBUs of which only the last may be without size
     * @return true for a keyframe
     */
    public static boolean isKeyframe(Bytes unit) {
        boolean hasSequenceHeader = false;
        int at = 0;
        Optional<Av1Obu> next = Av1Obu.read(unit, at);
        while (next.isPresent()) {
            Av1Obu obu = next.get();
            at += obu.bytes().size();
            next = Av1Obu.read(unit, at);
            if (obu.payload().size() == 0) {
                continue; // a temporal delimiter
            }
            int first = obu.payload().byteAt(0);
            if (obu.type() == Av1Obu.FRAME || obu.type() == Av1Obu.FRAME_HEADER) {
                return (first & 0xE0) == 0; // show_existing_frame(1) frame_type(2): a new frame, KEY_FRAME
            }
            if (obu.type() == Av1Obu.SEQUENCE_HEADER) {
                hasSequenceHeader = true;
                // seq_profile(3) still_picture(1) reduced_still_picture_header(1): with the last, all frames are key and none says so
                if ((first & 0x08) != 0) {
                    return true;
                }
            }
        }
        return hasSequenceHeader;
    }
}
