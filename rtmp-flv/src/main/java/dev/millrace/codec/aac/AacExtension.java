package dev.millrace.codec.aac;

import dev.millrace.media.MalformedException;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * What an {@link AudioSpecificConfig} says of spectral band replication (SBR, HE-AAC) and parametric stereo (PS, HE-AAC v2). Immutable.
 *
 * <pre>
 * hierarchical          5 or 29 as the first audioObjectType, then extensionSamplingFrequency, then the core's audioObjectType
 * backward compatible   behind the core's configuration:
 *                       0x2B7 (11) extensionAudioObjectType 5 (5) sbrPresentFlag (1) extensionSamplingFrequency (4 or 28)
 *                       0x548 (11) psPresentFlag (1)
 * </pre>
 *
 * <p>A decoder may find SBR and PS in the frames though nothing is said of them.
 *
 * @param sbr whether the frames have SBR
 * @param ps whether the frames have PS; only with SBR
 * @param hierarchical whether SBR, or SBR and PS, come first in the configuration, so that old decoders refuse it
 * @param samplingFrequencyHz what SBR makes of the core's frequency, 1 to 16777215; empty without SBR
 * @see <a href="https://www.iso.org/standard/76383.html">ISO/IEC 14496-3, 1.6.5</a>
 */
public record AacExtension(Presence sbr, Presence ps, boolean hierarchical, OptionalInt samplingFrequencyHz) {

    /** Nothing is said. */
    public static final AacExtension UNSAID = new AacExtension(Presence.UNSAID, Presence.UNSAID, false, OptionalInt.empty());

    /** SBR is said to be absent. */
    public static final AacExtension ABSENT = new AacExtension(Presence.ABSENT, Presence.UNSAID, false, OptionalInt.empty());

    private static final int SBR_SYNC = 0x2B7;
    private static final int PS_SYNC = 0x548;
    private static final int SYNC_BITS = 11;

    /** What is said of a coding tool. */
    public enum Presence {
        /** Nothing: the frames decide. */
        UNSAID,
        /** The frames do not have it. */
        ABSENT,
        /** The frames have it. */
        PRESENT;

        private static Presence of(boolean flag) {
            return flag ? PRESENT : ABSENT;
        }
    }

    /**
     * Checks that the parts go together.
     *
     * @throws IllegalArgumentException if they do not, or the frequency is out of range
     */
    public AacExtension {
        Objects.requireNonNull(ps, "ps");
        boolean present = sbr == Presence.PRESENT;
        Objects.requireNonNull(sbr, "sbr");
        if (present != samplingFrequencyHz.isPresent()) {
            throw new IllegalArgumentException("SBR " + sbr + " with extension sampling frequency " + samplingFrequencyHz);
        }
        if (!present && (hierarchical || ps != Presence.UNSAID)) {
            throw new IllegalArgumentException("SBR " + sbr + " with hierarchical " + hierarchical + " and PS " + ps);
        }
        if (hierarchical && ps == Presence.ABSENT) {
            throw new IllegalArgumentException("a hierarchical configuration cannot say that PS is absent");
        }
        if (present && (samplingFrequencyHz.getAsInt() < 1 || samplingFrequencyHz.getAsInt() > SamplingFrequencies.MAX_HZ)) {
            throw new IllegalArgumentException("extension sampling frequency " + samplingFrequencyHz.getAsInt() + " is not 1 to 16777215");
        }
    }

    static AacExtension hierarchical(boolean ps, int samplingFrequencyHz) {
        return new AacExtension(Presence.PRESENT, ps ? Presence.PRESENT : Presence.UNSAID, true, OptionalInt.of(samplingFrequencyHz));
    }

    /** Reads what stands behind the core's configuration. */
    static AacExtension read(AacBitReader in) throws MalformedException {
        if (in.left() < SYNC_BITS + 5
                || in.read(SYNC_BITS, "syncExtensionType") != SBR_SYNC
                || in.read(5, "extensionAudioObjectType") != AudioSpecificConfig.SBR) {
            return UNSAID;
        }
        if (!in.readFlag("sbrPresentFlag")) {
            return ABSENT;
        }
        OptionalInt hz = OptionalInt.of(AudioSpecificConfig.readSamplingFrequency(in, "extensionSamplingFrequency"));
        boolean psSaid = in.left() > SYNC_BITS && in.read(SYNC_BITS, "syncExtensionType") == PS_SYNC;
        Presence ps = psSaid ? Presence.of(in.readFlag("psPresentFlag")) : Presence.UNSAID;
        return new AacExtension(Presence.PRESENT, ps, false, hz);
    }

    /** Writes what stands behind the core's configuration. */
    void write(AacBitWriter out) {
        if (hierarchical || sbr == Presence.UNSAID) {
            return;
        }
        out.write(SBR_SYNC, SYNC_BITS);
        out.write(AudioSpecificConfig.SBR, 5);
        out.write(sbr == Presence.PRESENT);
        if (sbr == Presence.PRESENT) {
            AudioSpecificConfig.writeSamplingFrequency(samplingFrequencyHz.orElseThrow(), out);
            if (ps != Presence.UNSAID) {
                out.write(PS_SYNC, SYNC_BITS);
                out.write(ps == Presence.PRESENT);
            }
        }
    }
}
