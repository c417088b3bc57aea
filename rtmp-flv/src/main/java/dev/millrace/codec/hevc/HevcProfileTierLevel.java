package dev.millrace.codec.hevc;

import dev.millrace.bits.BitReader;
import dev.millrace.bits.Ranges;
import dev.millrace.media.MalformedException;
import io.netty.buffer.ByteBuf;
import java.util.Locale;

/**
 * What an H.265 decoder must be able to do (ITU-T H.265, 7.3.3 and annex A): the same twelve bytes in a parameter set and in a configuration record.
 * Immutable.
 *
 * <pre>
 * profile_space (2) | tier_flag (1) | profile_idc (5) | profile_compatibility_flags (32) | constraint flags (48) | level_idc (8)
 * </pre>
 *
 * @param profileSpace general_profile_space, 0 to 3; always 0 so far
 * @param highTier general_tier_flag: high tier, not main tier
 * @param profile general_profile_idc, 0 to 31
 * @param compatibility general_profile_compatibility_flag 0 to 31, flag 0 in the highest bit
 * @param constraints the 48 bits from general_progressive_source_flag on, the first in bit 47
 * @param level general_level_idc, thirty times the number of the level, 0 to 255
 */
public record HevcProfileTierLevel(int profileSpace, boolean highTier, int profile, int compatibility, long constraints, int level) {

    private static final int CONSTRAINT_BITS = 48;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value does not fit its field
     */
    public HevcProfileTierLevel {
        Ranges.check("profileSpace", profileSpace, 0, 3);
        Ranges.check("profile", profile, 0, 31);
        Ranges.check("constraints", constraints, 0, (1L << CONSTRAINT_BITS) - 1);
        Ranges.check("level", level, 0, 255);
    }

    static HevcProfileTierLevel read(BitReader in) throws MalformedException {
        int profileSpace = in.u(2, "general_profile_space");
        boolean highTier = in.flag("general_tier_flag");
        int profile = in.u(5, "general_profile_idc");
        int compatibility = (int) in.u32("general_profile_compatibility_flag");
        long constraints = in.u32("general constraint flags") << 16 | in.u(16, "general constraint flags");
        return new HevcProfileTierLevel(profileSpace, highTier, profile, compatibility, constraints, in.u(8, "general_level_idc"));
    }

    void writeTo(ByteBuf out) {
        out.writeByte(profileSpace << 6 | (highTier ? 0b1_00000 : 0) | profile);
        out.writeInt(compatibility);
        out.writeInt((int) (constraints >> 16));
        out.writeShort((int) constraints);
        out.writeByte(level);
    }

    /**
     * The profile as people call it.
     *
     * @return for example {@code Main 10}; {@code profile 31} for one without name
     */
    public String profileName() {
        return switch (profile) {
            case 1 -> "Main";
            case 2 -> "Main 10";
            case 3 -> "Main Still Picture";
            case 4 -> "Format Range Extensions";
            case 5 -> "High Throughput";
            case 6 -> "Multiview Main";
            case 7 -> "Scalable Main";
            case 8 -> "3D Main";
            case 9 -> "Screen Content Coding Extensions";
            case 10 -> "Scalable Format Range Extensions";
            case 11 -> "High Throughput Screen Content Coding Extensions";
            default -> "profile " + profile;
        };
    }

    /**
     * The tier as people call it.
     *
     * @return {@code Main} or {@code High}
     */
    public String tierName() {
        return highTier ? "High" : "Main";
    }

    /**
     * The level as people write it.
     *
     * @return for example {@code 3.1}
     */
    public String levelName() {
        return level % 30 == 0 ? Integer.toString(level / 30) : level / 30 + "." + level % 30 / 3;
    }

    /**
     * What a playlist or a MIME type says of the stream (ISO/IEC 14496-15, annex E), with the parameter sets outside the access units.
     *
     * @return for example {@code hvc1.1.6.L93.B0}
     */
    public String codecString() {
        StringBuilder text = new StringBuilder("hvc1.");
        if (profileSpace > 0) {
            text.append((char) ('A' + profileSpace - 1));
        }
        text.append(profile).append('.').append(hex(Integer.reverse(compatibility))).append('.').append(highTier ? 'H' : 'L').append(level);
        for (long left = constraints << Long.SIZE - CONSTRAINT_BITS; left != 0; left <<= 8) { // trailing zero bytes are left out
            text.append('.').append(hex((int) (left >>> Long.SIZE - 8)));
        }
        return text.toString();
    }

    private static String hex(int value) {
        return Integer.toHexString(value).toUpperCase(Locale.ROOT);
    }
}
