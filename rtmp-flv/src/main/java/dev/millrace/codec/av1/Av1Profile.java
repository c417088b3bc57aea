package dev.millrace.codec.av1;

/** What an AV1 decoder must be able to do (AV1, annex A): the same in a sequence header and in a configuration record. */
record Av1Profile(int profile, int level, boolean highTier, int bitDepth) {

    /** No level is promised. */
    private static final int MAXIMUM_PARAMETERS = 31;

    String profileName() {
        return switch (profile) {
            case 0 -> "Main";
            case 1 -> "High";
            case 2 -> "Professional";
            default -> "profile " + profile;
        };
    }

    String levelName() {
        return level == MAXIMUM_PARAMETERS ? "maximum parameters" : 2 + (level >> 2) + "." + (level & 3);
    }

    String codecString() {
        return String.format("av01.%d.%02d%s.%02d", profile, level, highTier ? "H" : "M", bitDepth);
    }
}
