package dev.millrace.rtmp.stream;

import dev.millrace.media.FrameRole;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import dev.millrace.rtmp.chunk.ChunkWriter;
import dev.millrace.rtmp.stream.FrameRing.Entry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Frames laid out once as the bytes of RTMP messages, for all subscribers in the same place that want the same in the
 * same format.
 *
 * <p>The only reference-counted object of a stream. Lives for one run of a pump, or longer if {@link JoinImages} keeps
 * it.
 */
final class BatchImage {

    static final int MAX_ENTRIES = 256;

    /** A slow socket holds one image above its high-water mark. A single frame may be larger. */
    static final int MAX_BYTES = 256 << 10;

    private static final int AUDIO_CHUNK_STREAM = 4;
    private static final int VIDEO_CHUNK_STREAM = 6;
    private static final int DATA_CHUNK_STREAM = 7;

    private final Place from;
    private final Wants wants;
    private final WireFormat format;

    private final Place to;
    private final int frames;
    private final int passedOver;
    private final ByteBuf bytes;

    private BatchImage(
            Place from, Wants wants, WireFormat format, Place to, int frames, int passedOver, ByteBuf bytes) {
        this.from = from;
        this.wants = wants;
        this.format = format;
        this.to = to;
        this.frames = frames;
        this.passedOver = passedOver;
        this.bytes = bytes;
    }

    /**
     * Lays out the entries of a ring from a place up to a limit, or up to the bounds of an image. If it throws, there
     * is nothing to release.
     *
     * @return an image that the caller releases
     */
    static BatchImage layOut(
            Place from, Wants wants, WireFormat format, FrameRing ring, long limit, ByteBufAllocator allocator) {
        ChunkWriter chunks = new ChunkWriter(format.chunkBytes());
        FrameSelector selector = new FrameSelector(wants, from);
        List<MediaFrame> frames = new ArrayList<>();
        int passedOver = 0;
        int size = 0;
        long next = from.next();
        for (long end = Math.min(limit, next + MAX_ENTRIES); next < end && size < MAX_BYTES; next++) {
            Optional<Entry> entry = ring.at(next);
            if (entry.isEmpty()) {
                break;
            }
            int before = frames.size();
            passedOver += selector.select(entry.get(), frames) ? 0 : 1;
            for (int i = before; i < frames.size(); i++) {
                MediaFrame frame = frames.get(i);
                size += chunks.wireBytes(chunkStreamId(frame.kind()), wireMillis(frame), frame.size());
            }
        }
        ByteBuf bytes = write(frames, size, format.messageStreamId(), chunks, allocator);
        return new BatchImage(from, wants, format, selector.placeAt(next), frames.size(), passedOver, bytes);
    }

    private static ByteBuf write(
            List<MediaFrame> frames, int size, int messageStreamId, ChunkWriter chunks, ByteBufAllocator allocator) {
        if (size == 0) {
            return Unpooled.EMPTY_BUFFER;
        }
        ByteBuf out = allocator.directBuffer(size, size);
        try {
            for (MediaFrame frame : frames) {
                chunks.write(
                        chunkStreamId(frame.kind()), wireMillis(frame), frame.kind().typeId(), messageStreamId, frame, out);
            }
            return out.retain();
        } finally {
            out.release();
        }
    }

    /** The low 32 bits of the time. Metadata go out at time 0: FFmpeg takes those at any other time for subtitles. */
    private static int wireMillis(MediaFrame frame) {
        return frame.role() == FrameRole.METADATA ? 0 : (int) frame.timestampMillis();
    }

    private static int chunkStreamId(MediaKind kind) {
        return switch (kind) {
            case AUDIO -> AUDIO_CHUNK_STREAM;
            case VIDEO -> VIDEO_CHUNK_STREAM;
            case DATA -> DATA_CHUNK_STREAM;
        };
    }

    /** Whether this is the image for a subscriber. */
    boolean fits(Place place, Wants wanted, WireFormat wire) {
        // Nearly all subscribers stand where the image before has left them, and so have the very same place.
        return (from == place || from.equals(place))
                && (wants == wanted || wants.equals(wanted))
                && format.messageStreamId() == wire.messageStreamId()
                && format.chunkBytes() == wire.chunkBytes();
    }

    Place from() {
        return from;
    }

    /** The place of a subscriber that was sent the image. */
    Place to() {
        return to;
    }

    int frames() {
        return frames;
    }

    /** Video messages that are left out because they cannot be decoded yet. */
    int passedOver() {
        return passedOver;
    }

    ByteBuf bytes() {
        return bytes;
    }

    void retain() {
        bytes.retain();
    }

    void release() {
        bytes.release();
    }
}
