package dev.millrace.flv;

import dev.millrace.codec.Coding;
import dev.millrace.media.Bytes;
import dev.millrace.media.Codec;
import dev.millrace.media.FrameRole;
import dev.millrace.media.MediaKind;
import dev.millrace.tag.TagHeader;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** Writes one track of a message as a message of its own. */
final class TrackMessages {

    /** Key frame and inter frame of AVC, MP3 and AAC with the flags that a legacy header has for them. */
    private static final int AVC_KEY = 0x17;
    private static final int AVC_INTER = 0x27;
    private static final int MP3_44_KHZ_16_BIT_STEREO = 0x2F;
    private static final int AAC = 0xAF;

    /** First byte, multitrack header, FourCC, track id, composition time. */
    private static final int MAX_HEADER_BYTES = 1 + 1 + 4 + 1 + 3;

    private TrackMessages() {}

    /** The track with an Enhanced header: without track if it is track 0, else in the one-track form. */
    static byte[] enhanced(TagHeader header, Bytes message, int track) {
        ByteBuffer out = ByteBuffer.allocate(MAX_HEADER_BYTES);
        int trackId = header.trackId(track);
        boolean plain = trackId == 0;
        if (header.kind() == MediaKind.AUDIO) {
            int packetType = plain ? header.packetType() : TagHeader.AUDIO_MULTITRACK;
            out.put((byte) (TagHeader.ENHANCED_SOUND_FORMAT << 4 | packetType));
        } else {
            // FFmpeg takes colour information for a coded frame unless the frame type is 5, which cannot be in the one-track form.
            boolean colours = plain && header.role() == FrameRole.CONFIGURATION;
            int frameType = colours ? TagHeader.FRAME_TYPE_COMMAND : header.frameType();
            int packetType = plain ? header.packetType() : TagHeader.VIDEO_MULTITRACK;
            out.put((byte) (TagHeader.ENHANCED_VIDEO_BIT | frameType << 4 | packetType));
        }
        if (!plain) {
            out.put((byte) (TagHeader.ONE_TRACK << 4 | header.packetType()));
        }
        out.putInt(header.codec(track).fourCcValue());
        if (!plain) {
            out.put((byte) trackId);
        }
        if (header.packetType() == TagHeader.CODED_FRAMES && Coding.of(header.codec(track)).hasCompositionTime()) {
            putMedium(out, header.compositionTimeMillis(track));
        }
        return join(out, header, message, track);
    }

    /** Whether a codec has a legacy header too, so that players that know nothing else can take it. */
    static boolean hasLegacyForm(Codec codec) {
        return codec == Codec.AVC || codec == Codec.AAC || codec == Codec.MP3;
    }

    /** The track with a legacy header, or empty if there is none for what the message does. */
    static Optional<byte[]> legacy(TagHeader header, Bytes message, int track, boolean keyframe) {
        Codec codec = header.codec(track);
        boolean coded = header.role() == FrameRole.CODED;
        boolean start = header.role() == FrameRole.SEQUENCE_HEADER;
        boolean end = header.role() == FrameRole.SEQUENCE_END;
        ByteBuffer out = ByteBuffer.allocate(MAX_HEADER_BYTES);
        if (codec == Codec.AVC && (coded || start || end)) {
            out.put((byte) (coded && !keyframe ? AVC_INTER : AVC_KEY)).put((byte) (start ? 0 : coded ? 1 : 2));
            putMedium(out, header.compositionTimeMillis(track));
        } else if (codec == Codec.AAC && (coded || start)) {
            out.put((byte) AAC).put((byte) (start ? 0 : 1));
        } else if (codec == Codec.MP3 && coded) {
            out.put((byte) MP3_44_KHZ_16_BIT_STEREO);
        } else {
            return Optional.empty();
        }
        return Optional.of(join(out, header, message, track));
    }

    private static void putMedium(ByteBuffer out, int value) {
        out.put((byte) (value >> 16)).putShort((short) value);
    }

    private static byte[] join(ByteBuffer out, TagHeader header, Bytes message, int track) {
        byte[] joined = Arrays.copyOf(out.array(), out.position() + header.bodyLength(track));
        message.getBytes(header.bodyOffset(track), joined, out.position(), header.bodyLength(track));
        return joined;
    }
}
