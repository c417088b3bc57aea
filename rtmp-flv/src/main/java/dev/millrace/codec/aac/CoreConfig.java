package dev.millrace.codec.aac;

import dev.millrace.media.MalformedException;
import java.util.Optional;
import java.util.Set;

/** GASpecificConfig, and what comes for it in other object types (ISO/IEC 14496-3, 4.4.1). Immutable. */
record CoreConfig(boolean generalAudio, int frameSamples, Optional<ProgramConfigElement> programConfig) {

    private static final Set<Integer> GENERAL_AUDIO = Set.of(1, 2, 3, 4, 6, 7, 17, 19, 20, 21, 22, 23);
    private static final Set<Integer> RESILIENCE_FLAGS = Set.of(17, 19, 20, 23);
    private static final int SCALABLE = 6;
    private static final int ER_FIRST = 17;
    private static final int ER_SCALABLE = 20;
    private static final int ER_BSAC = 22;
    private static final int ER_LD = 23;
    private static final int ER_ELD = 39;

    static CoreConfig read(int objectType, int channelConfiguration, AacBitReader in) throws MalformedException {
        if (GENERAL_AUDIO.contains(objectType)) {
            return readGeneralAudio(objectType, channelConfiguration, in);
        }
        if (channelConfiguration == 0) {
            throw new MalformedException("channelConfiguration 0 with audioObjectType " + objectType + ", wanted 1 to 14");
        }
        boolean shortFrame = objectType == ER_ELD && in.readFlag("frameLengthFlag");
        return new CoreConfig(/* generalAudio= */ false, frameSamples(objectType, shortFrame), Optional.empty());
    }

    private static CoreConfig readGeneralAudio(int objectType, int channelConfiguration, AacBitReader in) throws MalformedException {
        boolean shortFrame = in.readFlag("frameLengthFlag");
        if (in.readFlag("dependsOnCoreCoder")) {
            in.read(14, "coreCoderDelay");
        }
        boolean extensionFlag = in.readFlag("extensionFlag");
        Optional<ProgramConfigElement> programConfig =
                channelConfiguration == 0 ? Optional.of(ProgramConfigElement.read(in)) : Optional.empty();
        if (objectType == SCALABLE || objectType == ER_SCALABLE) {
            in.read(3, "layerNr");
        }
        if (extensionFlag) {
            skipExtension(objectType, in);
        }
        if (objectType >= ER_FIRST) {
            skipErrorProtection(in);
        }
        return new CoreConfig(/* generalAudio= */ true, frameSamples(objectType, shortFrame), programConfig);
    }

    private static void skipExtension(int objectType, AacBitReader in) throws MalformedException {
        if (objectType == ER_BSAC) {
            in.read(5, "numOfSubFrame");
            in.read(11, "layer_length");
        }
        if (RESILIENCE_FLAGS.contains(objectType)) {
            in.read(3, "resilience flags"); // of section data, scale factor data, spectral data
        }
        in.read(1, "extensionFlag3");
    }

    private static void skipErrorProtection(AacBitReader in) throws MalformedException {
        int epConfig = in.read(2, "epConfig");
        if (epConfig > 1) {
            throw new MalformedException("epConfig " + epConfig + " is not 0 or 1: no frames are protected in FLV");
        }
    }

    private static int frameSamples(int objectType, boolean shortFrame) {
        boolean lowDelay = objectType == ER_LD || objectType == ER_ELD;
        int samples = lowDelay ? 512 : 1024;
        return shortFrame ? samples * 15 / 16 : samples;
    }
}
