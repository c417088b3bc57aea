package dev.millrace.codec.avc;

import java.util.Set;

/**
 * The three bytes that say what a decoder must be able to do (ITU-T H.264, 7.4.2.1.1 and annex A): the same in a parameter set and in a
 * configuration record.
 *
 * @param profile profile_idc
 * @param compatibility the constraint_set flags, constraint_set0_flag in the highest bit
 * @param level level_idc, ten times the number of the level
 */
record AvcProfile(int profile, int compatibility, int level) {

    /** The profiles whose parameter sets have chroma_format_idc and what follows (7.3.2.1.1). */
    private static final Set<Integer> WITH_CHROMA_FORMAT = Set.of(44, 83, 86, 100, 110, 118, 122, 128, 134, 135, 138, 139, 144, 244);

    private static final int LEVEL_1B = 9;
    private static final int LEVEL_1_1 = 11;

    boolean hasChromaFormat() {
        return WITH_CHROMA_FORMAT.contains(profile);
    }

    /** The name of the profile, of which some are another profile with constraints. */
    String profileName() {
        return switch (profile) {
            case 44 -> "CAVLC 4:4:4 Intra";
            case 66 -> isConstrained(1) ? "Constrained Baseline" : "Baseline";
            case 77 -> "Main";
            case 83 -> "Scalable Baseline";
            case 86 -> "Scalable High";
            case 88 -> "Extended";
            case 100 -> isConstrained(4) ? isConstrained(5) ? "Constrained High" : "Progressive High" : "High";
            case 110 -> "High 10" + intra();
            case 118 -> "Multiview High";
            case 122 -> "High 4:2:2" + intra();
            case 128 -> "Stereo High";
            case 134 -> "MFC High";
            case 135 -> "MFC Depth High";
            case 138 -> "Multiview Depth High";
            case 139 -> "Enhanced Multiview Depth High";
            case 144 -> "High 4:4:4";
            case 244 -> "High 4:4:4 Predictive" + intra();
            default -> "profile " + profile;
        };
    }

    /** The number of the level as people write it. */
    String levelName() {
        boolean below100 = profile == 66 || profile == 77 || profile == 88;
        if (level == LEVEL_1B || level == LEVEL_1_1 && below100 && isConstrained(3)) {
            return "1b";
        }
        return level % 10 == 0 ? Integer.toString(level / 10) : level / 10 + "." + level % 10;
    }

    String codecString() {
        return String.format("avc1.%02x%02x%02x", profile, compatibility, level);
    }

    private String intra() {
        return isConstrained(3) ? " Intra" : "";
    }

    private boolean isConstrained(int set) {
        return (compatibility & 0x80 >> set) != 0;
    }
}
