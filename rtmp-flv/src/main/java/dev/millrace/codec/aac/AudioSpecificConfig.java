package dev.millrace.codec.aac;

import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import io.netty.buffer.ByteBuf;
import java.util.Objects;
import java.util.Optional;

/**
 * The configuration of an AAC track: the body of an AAC sequence header. Immutable.
 *
 * <pre>
 * audioObjectType (5; 31: 6 more) samplingFrequencyIndex (4; 15: 24 more) channelConfiguration (4)
 * if 5 or 29: extensionSamplingFrequencyIndex (4; 15: 24 more) audioObjectType (5; 31: 6 more)
 * frameLengthFlag (1) dependsOnCoreCoder (1) extensionFlag (1) [program_config_element] ...
 * [0x2B7 (11) ... [0x548 (11) ...]]
 * </pre>
 *
 * <p>Of object types that are not general audio (speech, lossless, USAC and so on) only the first three fields are read.
 *
 * @param audioObjectType of the core, which is coded without SBR and PS: 2 for AAC-LC; never 5 or 29
 * @param samplingFrequencyHz of the core, 1 to 16777215
 * @param channelConfiguration of the core: 0 to 7 or 11 to 14
 * @param programConfig the channels where {@code channelConfiguration} is 0, else empty
 * @param frameSamples samples of the core for each channel in one access unit: 1024, 960, 512 or 480; 1024 where the object type has its own
 *     way to say it
 * @param extension what is said of SBR and PS
 * @see <a href="https://www.iso.org/standard/76383.html">ISO/IEC 14496-3, 1.6.2.1 and 4.4.1</a>
 */
public record AudioSpecificConfig(
        int audioObjectType,
        int samplingFrequencyHz,
        int channelConfiguration,
        Optional<ProgramConfigElement> programConfig,
        int frameSamples,
        AacExtension extension) {

    /** The object type of AAC-LC. */
    public static final int LC = 2;

    static final int SBR = 5;

    private static final int PS = 29;
    private static final int ER_BSAC = 22;
    private static final int OBJECT_TYPE_ESCAPE = 31;
    private static final int MAX_OBJECT_TYPE = 95;
    private static final int MAX_WRITABLE_OBJECT_TYPE = 4;

    /** 0 where reserved, or where a program_config_element says it. */
    private static final int[] CHANNELS = {0, 1, 2, 3, 4, 5, 6, 8, 0, 0, 0, 7, 8, 24, 8, 0};

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one of them is outside what is said above
     */
    public AudioSpecificConfig {
        Objects.requireNonNull(extension, "extension");
        if (audioObjectType < 1 || audioObjectType > MAX_OBJECT_TYPE || audioObjectType == OBJECT_TYPE_ESCAPE || isExtension(audioObjectType)) {
            throw new IllegalArgumentException("audioObjectType " + audioObjectType + " is not 1 to 95 without 5, 29 and 31");
        }
        if (samplingFrequencyHz < 1 || samplingFrequencyHz > SamplingFrequencies.MAX_HZ) {
            throw new IllegalArgumentException("samplingFrequency " + samplingFrequencyHz + " is not 1 to 16777215");
        }
        if (channelConfiguration < 0 || channelConfiguration >= CHANNELS.length) {
            throw new IllegalArgumentException("channelConfiguration " + channelConfiguration + " is not 0 to 15");
        }
        if (programConfig.isPresent() == (CHANNELS[channelConfiguration] != 0) || programConfig.isPresent() && channelConfiguration != 0) {
            throw new IllegalArgumentException("channelConfiguration " + channelConfiguration + " with programConfig " + programConfig);
        }
        if (frameSamples != 1024 && frameSamples != 960 && frameSamples != 512 && frameSamples != 480) {
            throw new IllegalArgumentException("frameSamples " + frameSamples + " is not 1024, 960, 512 or 480");
        }
    }

    /**
     * Makes the configuration of plain AAC-LC with frames of 1024 samples.
     *
     * @param samplingFrequencyHz 1 to 16777215
     * @param channelConfiguration 1 to 7 or 11 to 14
     * @return a configuration that says nothing of SBR
     * @throws IllegalArgumentException if a value is out of range
     */
    public static AudioSpecificConfig lc(int samplingFrequencyHz, int channelConfiguration) {
        return new AudioSpecificConfig(LC, samplingFrequencyHz, channelConfiguration, Optional.empty(), 1024, AacExtension.UNSAID);
    }

    /**
     * Reads a configuration.
     *
     * @param bytes the configuration; what stands behind it is ignored
     * @return what it says
     * @throws MalformedException if a field is cut off or has a reserved value, or if no channel is said to exist
     */
    public static AudioSpecificConfig parse(Bytes bytes) throws MalformedException {
        AacBitReader in = new AacBitReader(bytes);
        int objectType = readObjectType(in);
        int samplingFrequencyHz = readSamplingFrequency(in, "samplingFrequency");
        int channelConfiguration = in.read(4, "channelConfiguration");
        if (channelConfiguration != 0 && CHANNELS[channelConfiguration] == 0) {
            throw new MalformedException("channelConfiguration " + channelConfiguration + " is reserved");
        }
        AacExtension extension = AacExtension.UNSAID;
        if (isExtension(objectType)) {
            extension = AacExtension.hierarchical(objectType == PS, readSamplingFrequency(in, "extensionSamplingFrequency"));
            objectType = readObjectType(in);
            if (isExtension(objectType)) {
                throw new MalformedException("audioObjectType " + objectType + " stands inside an extension, wanted that of the core");
            }
            if (objectType == ER_BSAC) {
                in.read(4, "extensionChannelConfiguration");
            }
        }
        CoreConfig core = CoreConfig.read(objectType, channelConfiguration, in);
        if (core.generalAudio() && !extension.hierarchical()) {
            extension = AacExtension.read(in);
        }
        return new AudioSpecificConfig(
                objectType, samplingFrequencyHz, channelConfiguration, core.programConfig(), core.frameSamples(), extension);
    }

    private static int readObjectType(AacBitReader in) throws MalformedException {
        int objectType = in.read(5, "audioObjectType");
        if (objectType == OBJECT_TYPE_ESCAPE) {
            return 32 + in.read(6, "audioObjectTypeExt");
        }
        if (objectType == 0) {
            throw new MalformedException("audioObjectType 0 is not 1 to 95");
        }
        return objectType;
    }

    static int readSamplingFrequency(AacBitReader in, String field) throws MalformedException {
        int index = in.read(4, field + "Index");
        if (SamplingFrequencies.isIndex(index)) {
            return SamplingFrequencies.hz(index);
        }
        if (index != SamplingFrequencies.ESCAPE) {
            throw new MalformedException(field + "Index " + index + " is reserved");
        }
        int hz = in.read(24, field);
        if (hz == 0) {
            throw new MalformedException(field + " 0 is not 1 to 16777215");
        }
        return hz;
    }

    private static boolean isExtension(int objectType) {
        return objectType == SBR || objectType == PS;
    }

    /**
     * Writes the configuration, as short as it can be written.
     *
     * @param out grows by 2 bytes or more
     * @throws IllegalStateException if the object type of the core is not 1 to 4; {@code out} is then unchanged
     */
    public void writeTo(ByteBuf out) {
        if (audioObjectType > MAX_WRITABLE_OBJECT_TYPE) {
            throw new IllegalStateException("a configuration of object type " + audioObjectType + " cannot be written, only 1 to 4");
        }
        AacBitWriter bits = new AacBitWriter(out);
        bits.write(signalledObjectType(), 5);
        writeSamplingFrequency(samplingFrequencyHz, bits);
        bits.write(channelConfiguration, 4);
        if (extension.hierarchical()) {
            writeSamplingFrequency(extension.samplingFrequencyHz().orElseThrow(), bits);
            bits.write(audioObjectType, 5);
        }
        bits.write(frameSamples == 960);
        bits.write(/* dependsOnCoreCoder */ false);
        bits.write(/* extensionFlag */ false);
        programConfig.ifPresent(element -> element.write(bits));
        extension.write(bits);
        bits.align();
    }

    static void writeSamplingFrequency(int hz, AacBitWriter out) {
        int index = SamplingFrequencies.indexOf(hz);
        out.write(index, 4);
        if (index == SamplingFrequencies.ESCAPE) {
            out.write(hz, 24);
        }
    }

    /**
     * The first object type of the configuration, as decoders are told it.
     *
     * @return 5 or 29 where SBR or PS is said first, else {@link #audioObjectType()}
     */
    public int signalledObjectType() {
        if (!extension.hierarchical()) {
            return audioObjectType;
        }
        return extension.ps() == AacExtension.Presence.PRESENT ? PS : SBR;
    }

    /**
     * The index of the core's sampling frequency.
     *
     * @return 0 to 12, or 15 if the frequency is not in the table
     */
    public int samplingFrequencyIndex() {
        return SamplingFrequencies.indexOf(samplingFrequencyHz);
    }

    /**
     * The channels of the core.
     *
     * @return 1 or more
     */
    public int channels() {
        return programConfig.map(ProgramConfigElement::channels).orElse(CHANNELS[channelConfiguration]);
    }

    /**
     * The rate that a decoder of SBR gives. Where nothing is said of SBR it may still find it in the frames, and give twice as much.
     *
     * @return 1 to 16777215 Hz
     */
    public int outputSampleRateHz() {
        return extension.samplingFrequencyHz().orElse(samplingFrequencyHz);
    }

    /**
     * The channels that a decoder of PS gives: 2 for a core of one channel with PS, else those of the core.
     *
     * @return 1 or more
     */
    public int outputChannels() {
        return extension.ps() == AacExtension.Presence.PRESENT ? Math.max(2, channels()) : channels();
    }

    /**
     * The codec string for playlists and media types (RFC 6381): {@code mp4a.40.} and the {@linkplain #signalledObjectType() first object
     * type}, so that SBR behind the core's configuration is not seen in it.
     *
     * @return {@code mp4a.40.2}, {@code mp4a.40.5}, {@code mp4a.40.29} and the like
     */
    public String codecString() {
        return "mp4a.40." + signalledObjectType();
    }
}
