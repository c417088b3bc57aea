package dev.millrace.flv;

import dev.millrace.codec.Coding;
import dev.millrace.media.Bytes;
import dev.millrace.media.Codec;
import dev.millrace.media.FrameInfo;
import dev.millrace.media.FrameRole;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import dev.millrace.tag.ModEx;
import dev.millrace.tag.TagHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes frames of audio and video messages, and other forms of such frames. Thread-safe: it keeps nothing.
 *
 * @see <a href="https://veovera.org/docs/enhanced/enhanced-rtmp-v2">Enhanced RTMP v2</a>
 */
public final class FlvFrames {

    private static final int ROLES = FrameRole.values().length;
    private static final FrameInfo SILENCE = new FrameInfo(MediaKind.AUDIO, FrameRole.SILENCE, Codec.NONE, 0, false, false);

    /** The facts of messages of the default track, which nearly all messages are: shared, since a stream keeps thousands of them. */
    private static final FrameInfo[] DEFAULT_TRACK = defaultTrack();

    private FlvFrames() {}

    private static FrameInfo[] defaultTrack() {
        FrameInfo[] infos = new FrameInfo[Codec.values().length * ROLES * 2];
        for (Codec codec : Codec.values()) {
            for (FrameRole role : FrameRole.values()) {
                infos[indexOf(codec, role, false)] = new FrameInfo(codec.kind(), role, codec, 0, false, false);
                if (codec.kind() == MediaKind.VIDEO && role == FrameRole.CODED) {
                    infos[indexOf(codec, role, true)] = new FrameInfo(codec.kind(), role, codec, 0, true, false);
                }
            }
        }
        return infos;
    }

    private static int indexOf(Codec codec, FrameRole role, boolean keyframe) {
        return (codec.ordinal() * ROLES + role.ordinal()) * 2 + (keyframe ? 1 : 0);
    }

    /**
     * Tells what a video message is.
     *
     * <p>A frame is a keyframe if its frame type says so. Where an Enhanced header has a reserved frame type, as some senders write for all
     * frames, what is coded decides, of the lowest track if there are several.
     *
     * @param timestampMillis decoding time in milliseconds, not wrapped
     * @param takenOver the whole message; belongs to the frame from now on, also if this throws
     * @return the frame
     * @throws MalformedException if a header is damaged, no codec is known, or the message has an empty body where its role needs one; the
     *     message is then best passed over
     */
    public static MediaFrame video(long timestampMillis, byte[] takenOver) throws MalformedException {
        return MediaFrame.takeOver(info(MediaKind.VIDEO, takenOver), timestampMillis, takenOver);
    }

    /**
     * Tells what an audio message is. One without a byte is silence.
     *
     * @param timestampMillis decoding time in milliseconds, not wrapped
     * @param takenOver the whole message; belongs to the frame from now on, also if this throws
     * @return the frame
     * @throws MalformedException if a header is damaged, no codec is known, or the message has an empty body where its role needs one; the
     *     message is then best passed over
     */
    public static MediaFrame audio(long timestampMillis, byte[] takenOver) throws MalformedException {
        FrameInfo info = takenOver.length == 0 ? SILENCE : info(MediaKind.AUDIO, takenOver);
        return MediaFrame.takeOver(info, timestampMillis, takenOver);
    }

    /** Describes a whole message: that is, its lowest track. */
    private static FrameInfo info(MediaKind kind, byte[] message) throws MalformedException {
        Bytes bytes = Bytes.takeOver(message);
        TagHeader header = new TagHeader();
        header.parseNonEmpty(kind, bytes);
        return header.role() == FrameRole.COMMAND
                ? new FrameInfo(kind, FrameRole.COMMAND, Codec.NONE, 0, false, false)
                : info(header, bytes, header.lowestTrack(), header.hasManyTracks());
    }

    /** Describes one track, alone in its message or not. */
    private static FrameInfo info(TagHeader header, Bytes message, int track, boolean manyTracks) {
        boolean keyframe = isKeyframe(header, message, track);
        Codec codec = header.codec(track);
        return manyTracks || header.trackId(track) != 0
                ? new FrameInfo(header.kind(), header.role(), codec, header.trackId(track), keyframe, manyTracks)
                : DEFAULT_TRACK[indexOf(codec, header.role(), keyframe)];
    }

    /** Reserved frame types say nothing: some senders write 0 for all frames. */
    private static boolean isKeyframe(TagHeader header, Bytes message, int track) {
        if (header.kind() != MediaKind.VIDEO || header.role() != FrameRole.CODED || header.isLabelledInter()) {
            return false;
        }
        return header.isLabelledKey() || header.isEnhanced()
                && Coding.ofVideo(header.codec(track)).isKeyframe(message, header.bodyOffset(track), header.bodyLength(track));
    }

    /**
     * Takes a message of many tracks apart: one message a track, of the same time. Track 0 gets a header without track, the others get the
     * one-track form.
     *
     * <p>ModEx records are left out, and with them a time offset of less than a millisecond. So are tracks of unknown codec and without body.
     *
     * @param frame made by {@link #video} or {@link #audio}, or data
     * @return the messages in the order of the tracks, or just {@code frame} if it does not have {@link FrameInfo#manyTracks()}
     * @throws IllegalArgumentException if the bytes are not those of a legal message
     */
    public static List<MediaFrame> split(MediaFrame frame) {
        if (!frame.info().manyTracks()) {
            return List.of(frame);
        }
        TagHeader header = headerOf(frame);
        List<MediaFrame> frames = new ArrayList<>(header.trackCount());
        for (int track = 0; track < header.trackCount(); track++) {
            frames.add(enhanced(frame, header, track));
        }
        return List.copyOf(frames);
    }

    /**
     * What a player gets that knows track 0 only, and may know legacy headers only.
     *
     * <ul>
     *   <li>Nothing of other tracks; what a message of many tracks has of track 0 gets a header without track, and no ModEx records.
     *   <li>AVC, AAC and MP3 with an Enhanced header get a legacy one. Nothing is left where that has no such message: a configuration, the end
     *       of AAC or MP3, the start of MP3.
     *   <li>Colour information gets frame type 5, without which FFmpeg takes it for a picture.
     *   <li>Where track 0 is legacy, no configuration and no Enhanced command: they end players that do not know Enhanced headers.
     *   <li>All else stays as it is.
     * </ul>
     *
     * @param frame made by {@link #video} or {@link #audio}, or data
     * @param trackZeroIsLegacy whether the player gets track 0 of the frame's kind with a legacy header
     * @return the message for the player, {@code frame} itself where nothing changes; empty if the player gets none
     * @throws IllegalArgumentException if the bytes are not those of a legal message
     */
    public static Optional<MediaFrame> plain(MediaFrame frame, boolean trackZeroIsLegacy) {
        if (isLegacyHeader(frame)) {
            return Optional.of(frame);
        }
        FrameRole role = frame.role();
        if (frame.trackId() > 0 || trackZeroIsLegacy && (role == FrameRole.CONFIGURATION || role == FrameRole.COMMAND)) {
            return Optional.empty();
        }
        if (role == FrameRole.COMMAND || !TrackMessages.hasLegacyForm(frame.codec()) && isPlainAlready(frame)) {
            return Optional.of(frame);
        }
        TagHeader header = headerOf(frame);
        int trackZero = header.indexOf(0);
        if (trackZero < 0) {
            throw new IllegalArgumentException("no track 0 in " + frame);
        }
        if (TrackMessages.hasLegacyForm(header.codec(trackZero))) {
            FrameInfo info = info(header, frame.bytes(), trackZero, /* manyTracks= */ false);
            return TrackMessages.legacy(header, frame.bytes(), trackZero, info.keyframe())
                    .map(bytes -> MediaFrame.takeOver(info, frame.timestampMillis(), bytes));
        }
        return Optional.of(enhanced(frame, header, trackZero));
    }

    /**
     * Whether a message has no Enhanced header.
     *
     * @param frame any frame
     * @return true for legacy audio and video, silence and data
     */
    public static boolean isLegacyHeader(MediaFrame frame) {
        if (frame.size() == 0) {
            return true;
        }
        int first = frame.byteAt(0) & 0xFF;
        return switch (frame.kind()) {
            case VIDEO -> (first & TagHeader.ENHANCED_VIDEO_BIT) == 0;
            case AUDIO -> first >> 4 != TagHeader.ENHANCED_SOUND_FORMAT;
            case DATA -> true;
        };
    }

    /** Whether an Enhanced message of track 0 has neither multitrack header nor ModEx, nor colour information with a misleading frame type. */
    private static boolean isPlainAlready(MediaFrame frame) {
        int first = frame.byteAt(0) & 0xFF;
        int packetType = first & 0x0F;
        if (frame.kind() == MediaKind.AUDIO) {
            return packetType != ModEx.PACKET_TYPE && packetType != TagHeader.AUDIO_MULTITRACK;
        }
        boolean misleading = frame.role() == FrameRole.CONFIGURATION && (first >> 4 & 7) != TagHeader.FRAME_TYPE_COMMAND;
        return packetType != ModEx.PACKET_TYPE && packetType != TagHeader.VIDEO_MULTITRACK && !misleading;
    }

    private static MediaFrame enhanced(MediaFrame frame, TagHeader header, int track) {
        FrameInfo info = info(header, frame.bytes(), track, /* manyTracks= */ false);
        return MediaFrame.takeOver(info, frame.timestampMillis(), TrackMessages.enhanced(header, frame.bytes(), track));
    }

    private static TagHeader headerOf(MediaFrame frame) {
        TagHeader header = new TagHeader();
        try {
            header.parseNonEmpty(frame.kind(), frame.bytes());
        } catch (MalformedException e) {
            throw new IllegalArgumentException("not a legal message: " + frame, e);
        }
        return header;
    }
}
