package dev.millrace.flv;

import dev.millrace.media.Codec;
import dev.millrace.media.FrameRole;
import dev.millrace.media.MediaKind;
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
    static byte[] enhanced(FrameTag tag, byte[] message, TagTrack track) {
        ByteBuffer out = ByteBuffer.allocate(MAX_HEADER_BYTES);
        boolean plain = track.trackId() == 0;
        if (tag.kind() == MediaKind.AUDIO) {
            out.put((byte) (AudioTag.ENHANCED_FORMAT << 4 | (plain ? tag.packetType() : AudioPacketType.MULTITRACK)));
        } else {
            // FFmpeg takes colour information for a coded frame unless the frame type is 5, which cannot be in the one-track form.
            int frameType = plain && tag.role() == FrameRole.CONFIGURATION ? VideoTag.FRAME_TYPE_COMMAND : tag.frameType();
            out.put((byte) (VideoTag.ENHANCED_BIT | frameType << 4 | (plain ? tag.packetType() : VideoPacketType.MULTITRACK)));
        }
        if (!plain) {
            out.put((byte) tag.packetType()); // multitrack type 0, one track
        }
        out.putInt(track.codec().fourCcValue());
        if (!plain) {
            out.put((byte) track.trackId());
        }
        if (tag.packetType() == VideoPacketType.CODED_FRAMES.number() && TagTracks.hasCompositionTime(track.codec())) {
            putMedium(out, track.compositionTimeMillis());
        }
        return join(out, message, track);
    }

    /** Whether a codec has a legacy header too, so that players that know nothing else can take it. */
    static boolean hasLegacyForm(Codec codec) {
        return codec == Codec.AVC || codec == Codec.AAC || codec == Codec.MP3;
    }

    /** The track with a legacy header, or empty if there is none for what the message does. */
    static Optional<byte[]> legacy(FrameTag tag, byte[] message, TagTrack track, boolean keyframe) {
        boolean coded = tag.role() == FrameRole.CODED;
        boolean header = tag.role() == FrameRole.SEQUENCE_HEADER;
        boolean end = tag.role() == FrameRole.SEQUENCE_END;
        ByteBuffer out = ByteBuffer.allocate(MAX_HEADER_BYTES);
        if (track.codec() == Codec.AVC && (coded || header || end)) {
            out.put((byte) (coded && !keyframe ? AVC_INTER : AVC_KEY)).put((byte) (header ? 0 : coded ? 1 : 2));
            putMedium(out, track.compositionTimeMillis());
        } else if (track.codec() == Codec.AAC && (coded || header)) {
            out.put((byte) AAC).put((byte) (header ? 0 : 1));
        } else if (track.codec() == Codec.MP3 && coded) {
            out.put((byte) MP3_44_KHZ_16_BIT_STEREO);
        } else {
            return Optional.empty();
        }
        return Optional.of(join(out, message, track));
    }

    private static void putMedium(ByteBuffer out, int value) {
        out.put((byte) (value >> 16)).putShort((short) value);
    }

    private static byte[] join(ByteBuffer header, byte[] message, TagTrack track) {
        byte[] joined = Arrays.copyOf(header.array(), header.position() + track.bodyLength());
        System.arraycopy(message, track.bodyOffset(), joined, header.position(), track.bodyLength());
        return joined;
    }
}
