package dev.millrace.codec.aac;

import dev.millrace.bits.Ranges;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import io.netty.buffer.ByteBuf;
import java.util.OptionalInt;

/**
 * The header before each AAC frame in MPEG-TS and in {@code .aac} files. Immutable.
 *
 * <pre>
 * syncword 0xFFF (12) ID (1) layer 0 (2) protection_absent (1)
 * profile (2) sampling_frequency_index (4) private_bit (1) channel_configuration (3) original (1) home (1)
 * copyright bit (1) copyright start (1) aac_frame_length (13) adts_buffer_fullness (11) blocks less one (2) [crc_check (16)]
 * </pre>
 *
 * <p>The bits for private use, originals and copyright are not kept, and written as 0.
 *
 * @param mpeg2 whether the ID says MPEG-2 instead of MPEG-4
 * @param audioObjectType of the core, 1 to 4
 * @param samplingFrequencyIndex of the core, 0 to 12
 * @param channelConfiguration of the core, 0 to 7; with 0 the frame says it
 * @param frameBytes header and payload, {@link #headerBytes()} to 8191
 * @param bufferFullness 0 to 2047; 2047 for variable bit rate
 * @param rawDataBlocks 1 to 4
 * @param crc checksum, 0 to 65535; its presence makes the header 9 bytes long, and only one raw data block possible
 * @see <a href="https://www.iso.org/standard/76383.html">ISO/IEC 14496-3, 1.A.2.2</a>
 */
public record AdtsHeader(
        boolean mpeg2,
        int audioObjectType,
        int samplingFrequencyIndex,
        int channelConfiguration,
        int frameBytes,
        int bufferFullness,
        int rawDataBlocks,
        OptionalInt crc) {

    /** Length of a header without checksum. */
    public static final int BYTES = 7;

    /** The frame length has 13 bits. */
    public static final int MAX_FRAME_BYTES = 0x1FFF;

    private static final int BYTES_WITH_CRC = 9;
    private static final int SYNCWORD = 0xFFF;
    private static final int VARIABLE_BIT_RATE = 0x7FF;
    private static final int BLOCK_SAMPLES = 1024;
    private static final int MAX_OBJECT_TYPE = 4;
    private static final int MAX_CHANNEL_CONFIGURATION = 7;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one of them is outside what is said above
     */
    public AdtsHeader {
        Ranges.check("audioObjectType", audioObjectType, 1, MAX_OBJECT_TYPE);
        Ranges.check("samplingFrequencyIndex", samplingFrequencyIndex, 0, 12);
        Ranges.check("channelConfiguration", channelConfiguration, 0, MAX_CHANNEL_CONFIGURATION);
        Ranges.check("frameBytes", frameBytes, crc.isPresent() ? BYTES_WITH_CRC : BYTES, MAX_FRAME_BYTES);
        Ranges.check("bufferFullness", bufferFullness, 0, VARIABLE_BIT_RATE);
        Ranges.check("rawDataBlocks", rawDataBlocks, 1, crc.isPresent() ? 1 : 4);
        Ranges.check("crc", crc.orElse(0), 0, 0xFFFF);
    }

    /**
     * Makes the header of one frame as it comes in an FLV tag. SBR and PS are not told by ADTS: the header is that of the core.
     *
     * @param config the configuration of the track
     * @param payloadBytes the length of the frame without header
     * @return an MPEG-4 header of 7 bytes
     * @throws MalformedException if ADTS cannot say it: an object type other than 1 to 4, a sampling frequency that is not in the table,
     *     frames that are not 1024 samples long, channels like those of no configuration from 1 to 7, or a payload that is not 1 to 8184
     *     bytes long
     */
    public static AdtsHeader of(AudioSpecificConfig config, int payloadBytes) throws MalformedException {
        if (config.audioObjectType() > MAX_OBJECT_TYPE) {
            throw new MalformedException("audioObjectType " + config.audioObjectType() + " is not 1 to 4, the ones that ADTS can say");
        }
        if (config.samplingFrequencyIndex() == SamplingFrequencies.ESCAPE) {
            throw new MalformedException("samplingFrequency " + config.samplingFrequencyHz() + " is none that ADTS can say");
        }
        if (config.frameSamples() != BLOCK_SAMPLES) {
            throw new MalformedException("frame of " + config.frameSamples() + " samples, ADTS can only say 1024");
        }
        if (payloadBytes < 1 || payloadBytes > MAX_FRAME_BYTES - BYTES) {
            throw new MalformedException("AAC frame of " + payloadBytes + " bytes is not 1 to 8184, as ADTS wants");
        }
        return new AdtsHeader(
                /* mpeg2= */ false, config.audioObjectType(), config.samplingFrequencyIndex(), channelConfiguration(config),
                BYTES + payloadBytes, VARIABLE_BIT_RATE, /* rawDataBlocks= */ 1, OptionalInt.empty());
    }

    private static int channelConfiguration(AudioSpecificConfig config) throws MalformedException {
        if (config.programConfig().isPresent()) {
            return config.programConfig().get().fixedChannelConfiguration().orElseThrow(
                    () -> new MalformedException("program_config_element of " + config.channels() + " channels is like no channelConfiguration"));
        }
        if (config.channelConfiguration() > MAX_CHANNEL_CONFIGURATION) {
            throw new MalformedException("channelConfiguration " + config.channelConfiguration() + " is not 1 to 7, the ones that ADTS can say");
        }
        return config.channelConfiguration();
    }

    /**
     * Reads a header.
     *
     * @param bytes a header, and whatever follows
     * @return the header
     * @throws MalformedException if it is cut off, a field has a reserved value, the frame is shorter than its header, or there are several
     *     raw data blocks with checksums
     */
    public static AdtsHeader parse(Bytes bytes) throws MalformedException {
        if (bytes.size() < BYTES) {
            throw new MalformedException("ADTS header is cut off after " + bytes.size() + " bytes, wanted 7");
        }
        int start = bytes.unsignedByteAt(0) << 8 | bytes.unsignedByteAt(1);
        if (start >> 4 != SYNCWORD || (start & 6) != 0) {
            throw new MalformedException("ADTS syncword and layer " + Integer.toHexString(start) + " are not fff and 0");
        }
        boolean hasCrc = (start & 1) == 0;
        int headerBytes = hasCrc ? BYTES_WITH_CRC : BYTES;
        int second = bytes.unsignedByteAt(2);
        int index = second >> 2 & 0xF;
        if (!SamplingFrequencies.isIndex(index)) {
            throw new MalformedException("sampling_frequency_index " + index + " of ADTS is not 0 to 12");
        }
        int channelConfiguration = (second & 1) << 2 | bytes.unsignedByteAt(3) >> 6;
        int frameBytes = (bytes.unsignedByteAt(3) & 3) << 11 | bytes.unsignedByteAt(4) << 3 | bytes.unsignedByteAt(5) >> 5;
        if (frameBytes < headerBytes || bytes.size() < headerBytes) {
            throw new MalformedException("ADTS frame of " + frameBytes + " bytes, " + bytes.size() + " here, wanted " + headerBytes + " or more");
        }
        int bufferFullness = (bytes.unsignedByteAt(5) & 0x1F) << 6 | bytes.unsignedByteAt(6) >> 2;
        int rawDataBlocks = 1 + (bytes.unsignedByteAt(6) & 3);
        if (hasCrc && rawDataBlocks > 1) {
            throw new MalformedException(rawDataBlocks + " raw data blocks of ADTS with checksums, wanted 1");
        }
        OptionalInt crc = hasCrc ? OptionalInt.of(bytes.unsignedByteAt(7) << 8 | bytes.unsignedByteAt(8)) : OptionalInt.empty();
        return new AdtsHeader(
                (start & 8) != 0, 1 + (second >> 6), index, channelConfiguration, frameBytes, bufferFullness, rawDataBlocks, crc);
    }

    /**
     * Writes the header.
     *
     * @param out grows by {@link #headerBytes()}
     */
    public void writeTo(ByteBuf out) {
        out.writeShort(SYNCWORD << 4 | (mpeg2 ? 8 : 0) | (crc.isPresent() ? 0 : 1));
        out.writeByte(audioObjectType - 1 << 6 | samplingFrequencyIndex << 2 | channelConfiguration >> 2);
        out.writeByte((channelConfiguration & 3) << 6 | frameBytes >> 11);
        out.writeByte(frameBytes >> 3);
        out.writeByte((frameBytes & 7) << 5 | bufferFullness >> 6);
        out.writeByte((bufferFullness & 0x3F) << 2 | rawDataBlocks - 1);
        crc.ifPresent(out::writeShort);
    }

    /**
     * The length of the header alone.
     *
     * @return 7 bytes, or 9 with a checksum
     */
    public int headerBytes() {
        return crc.isPresent() ? BYTES_WITH_CRC : BYTES;
    }

    /**
     * The core's sampling frequency.
     *
     * @return 7350 to 96000
     */
    public int samplingFrequencyHz() {
        return SamplingFrequencies.hz(samplingFrequencyIndex);
    }

    /**
     * Samples of the core for each channel in the frame.
     *
     * @return 1024 for each raw data block
     */
    public int samples() {
        return BLOCK_SAMPLES * rawDataBlocks;
    }
}
