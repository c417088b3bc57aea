package dev.millrace.codec.hevc;

import dev.millrace.bits.ParameterSets;
import dev.millrace.bits.Ranges;
import dev.millrace.media.Bytes;
import java.util.List;

/**
 * The NAL units of one type in a configuration record (ISO/IEC 14496-15, 8.3.3.1). Immutable.
 *
 * @param complete array_completeness: the access units have none of this type. Not all senders set it where it holds
 * @param nalUnitType NAL_unit_type, 0 to 63: 32 for VPS, 33 for SPS, 34 for PPS, 39 for SEI
 * @param nalUnits at most 256, from their headers on
 */
public record HevcNalArray(boolean complete, int nalUnitType, List<Bytes> nalUnits) {

    /** All parameter sets that there can be (16 VPS, 16 SPS, 64 PPS), and as many SEI again. */
    static final int MAX_NAL_UNITS = 256;

    /**
     * Checks the ranges and copies the list.
     *
     * @throws IllegalArgumentException if a value does not fit its field, or there are too many NAL units
     */
    public HevcNalArray {
        Ranges.check("nalUnitType", nalUnitType, 0, 63);
        nalUnits = ParameterSets.checked(nalUnits, MAX_NAL_UNITS, "NAL unit");
    }
}
