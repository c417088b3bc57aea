package dev.millrace.codec.opus;

import dev.millrace.bits.Ranges;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * The identification header of an Opus track: the body of its sequence header. Immutable.
 *
 * <pre>
 * "OpusHead" version (8) channels (8) pre-skip (16) input sample rate (32) output gain (16) mapping family (8)
 * if the family is not 0: streams (8) coupled streams (8) mapping (8 for each channel)
 * </pre>
 *
 * <p>Numbers have the lowest byte first.
 *
 * @param version 1, or up to 15 for later ones that can be read like it
 * @param channels what a decoder gives: 1 to 2 in family 0, 1 to 8 in family 1, else 1 to 255
 * @param preSkipSamples samples at 48 kHz that a player drops at the start, 0 to 65535
 * @param inputSampleRateHz what the encoder was given, 0 to 2<sup>32</sup> - 1; 0 if not known; a decoder gives 48 kHz whatever it says
 * @param outputGain what a player amplifies by, -32768 to 32767 in 256ths of a decibel
 * @param mappingFamily what the channels stand for: 0 mono or stereo, 1 up to 7.1, 2 ambisonics, 255 nothing in particular
 * @param streams Opus streams in one packet, 1 to 255
 * @param coupledStreams how many of them, counted from the first, are stereo
 * @param mapping for each channel the decoded channel that it takes, or 255 for silence
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7845#section-5.1">RFC 7845, 5.1</a>
 */
public record OpusHead(
        int version,
        int channels,
        int preSkipSamples,
        long inputSampleRateHz,
        int outputGain,
        int mappingFamily,
        int streams,
        int coupledStreams,
        Bytes mapping) {

    /** The codec string for playlists and media types. */
    public static final String CODEC_STRING = "opus";

    /** The rate that decoders give and that times are counted in. */
    public static final int SAMPLE_RATE_HZ = 48_000;

    private static final byte[] MAGIC = "OpusHead".getBytes(StandardCharsets.US_ASCII);
    private static final int BYTES = 19;
    private static final int MAPPING_AT = BYTES + 2;
    private static final int MAX_VERSION = 15;
    private static final int SILENCE = 255;

    /** Shaped by a matrix instead of a mapping (RFC 8486, 3.2). */
    private static final int PROJECTION_FAMILY = 3;

    /** What family 0 means without saying it. */
    private static final Bytes STEREO_MAPPING = Bytes.copyOf((byte) 0, (byte) 1);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one of them is outside what is said above, or does not fit the others
     */
    public OpusHead {
        Ranges.check("preSkipSamples", preSkipSamples, 0, 0xFFFF);
        Ranges.check("inputSampleRateHz", inputSampleRateHz, 0, 0xFFFFFFFFL);
        Ranges.check("outputGain + 32768", outputGain + 32768L, 0, 0xFFFF);
        Ranges.check("mappingFamily", mappingFamily, 0, 255);
        String fault = fault(version, channels, mappingFamily, streams, coupledStreams, mapping);
        if (!fault.isEmpty()) {
            throw new IllegalArgumentException(fault);
        }
    }

    /** What is wrong with the values, empty if nothing is. */
    private static String fault(int version, int channels, int family, int streams, int coupledStreams, Bytes mapping) {
        int maxChannels = maxChannels(family);
        if (version < 1 || version > MAX_VERSION) {
            return "OpusHead version " + version + " is not 1 to 15";
        }
        if (channels < 1 || channels > maxChannels) {
            return "OpusHead channels " + channels + " in mapping family " + family + " is not 1 to " + maxChannels;
        }
        if (family == PROJECTION_FAMILY) {
            return "OpusHead mapping family 3 has no mapping that could be kept";
        }
        if (streams < 1 || coupledStreams < 0 || coupledStreams > streams || streams + coupledStreams > 255) {
            return "OpusHead with " + coupledStreams + " coupled of " + streams + " streams";
        }
        if (mapping.size() != channels) {
            return "OpusHead mapping of " + mapping.size() + " channels, wanted " + channels;
        }
        for (int i = 0; i < channels; i++) {
            int source = mapping.unsignedByteAt(i);
            if (source >= streams + coupledStreams && source != SILENCE) {
                return "OpusHead mapping of channel " + i + " to " + source + " of " + (streams + coupledStreams);
            }
        }
        boolean implied = streams == 1 && coupledStreams == channels - 1 && mapping.equals(STEREO_MAPPING.slice(0, Math.min(channels, 2)));
        return family == 0 && !implied ? "OpusHead mapping family 0 with " + streams + " streams and mapping " + mapping : "";
    }

    private static int maxChannels(int family) {
        return switch (family) {
            case 0 -> 2;
            case 1 -> 8;
            default -> 255;
        };
    }

    /**
     * Reads a header.
     *
     * @param bytes the header; what stands behind it is ignored
     * @return what it says, with the mapping that family 0 implies
     * @throws MalformedException if it is cut off, does not start with {@code OpusHead}, has a version other than 1 to 15, more or fewer
     *     channels than its family can have, a mapping to what does not exist, or family 3
     */
    public static OpusHead parse(Bytes bytes) throws MalformedException {
        if (bytes.size() < BYTES) {
            throw new MalformedException("OpusHead is cut off after " + bytes.size() + " bytes, wanted 19");
        }
        if (!bytes.slice(0, MAGIC.length).equals(Bytes.copyOf(MAGIC))) {
            throw new MalformedException("Opus header starts with " + bytes.slice(0, MAGIC.length) + ", wanted OpusHead");
        }
        ByteBuf in = bytes.asByteBuf();
        int version = in.getUnsignedByte(8);
        int channels = in.getUnsignedByte(9);
        int family = in.getUnsignedByte(18);
        int streams = 1;
        int coupledStreams = channels - 1;
        Bytes mapping = STEREO_MAPPING.slice(0, Math.min(channels, 2));
        if (family != 0) {
            if (bytes.size() < MAPPING_AT + channels) {
                throw new MalformedException("OpusHead of " + channels + " channels is cut off after " + bytes.size() + " bytes");
            }
            streams = in.getUnsignedByte(BYTES);
            coupledStreams = in.getUnsignedByte(BYTES + 1);
            mapping = Bytes.copyOf(bytes.slice(MAPPING_AT, channels).toByteArray());
        }
        String fault = fault(version, channels, family, streams, coupledStreams, mapping);
        if (!fault.isEmpty()) {
            throw new MalformedException(fault);
        }
        return new OpusHead(
                version, channels, in.getUnsignedShortLE(10), in.getUnsignedIntLE(12), in.getShortLE(16), family, streams, coupledStreams, mapping);
    }

    /**
     * Writes the header.
     *
     * @param out grows by 19 bytes, or by 21 and one for each channel if the family is not 0
     */
    public void writeTo(ByteBuf out) {
        out.writeBytes(MAGIC);
        out.writeByte(version);
        out.writeByte(channels);
        out.writeShortLE(preSkipSamples);
        out.writeIntLE((int) inputSampleRateHz);
        out.writeShortLE(outputGain);
        out.writeByte(mappingFamily);
        if (mappingFamily != 0) {
            out.writeByte(streams);
            out.writeByte(coupledStreams);
            mapping.writeTo(out);
        }
    }
}
