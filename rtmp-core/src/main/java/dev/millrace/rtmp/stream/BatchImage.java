package dev.millrace.rtmp.stream;

import dev.millrace.media.FrameRole;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import dev.millrace.media.StreamHeaders;
import dev.millrace.rtmp.chunk.ChunkWriter;
import dev.millrace.rtmp.stream.FrameRing.Entry;
import dev.millrace.rtmp.stream.SubscribeOptions.Tracks;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Frames laid out once as the bytes of RTMP messages, for all subscribers that stand at the same place and want the same. Where they stood is the
 * key, where they stand afterwards is the result. Lives for one run of a pump; the only thing here that counts references.
 */
final class BatchImage {

    static final int MAX_ENTRIES = 256;

    /** What a slow socket holds of us is one image above its high-water mark. A single frame may be larger. */
    static final int MAX_BYTES = 256 << 10;

    private static final int AUDIO_CHUNK_STREAM = 4;
    private static final int VIDEO_CHUNK_STREAM = 6;
    private static final int DATA_CHUNK_STREAM = 7;

    // The key.
    private final long from;
    private final boolean waitingBefore;
    private final StreamHeaders sentBefore;
    private final boolean audio;
    private final boolean video;
    private final Tracks tracks;
    private final int messageStreamId;
    private final ChunkWriter chunks;

    // The result.
    private final FrameSelector selector;
    private final List<MediaFrame> frames = new ArrayList<>();
    private long to;
    private int passedOver;
    private ByteBuf bytes = Unpooled.EMPTY_BUFFER;

    BatchImage(WireSubscription first, RingCursor cursor) {
        this.from = cursor.next();
        this.waitingBefore = cursor.isWaitingForKeyframe();
        this.sentBefore = first.sentHeaders();
        this.audio = first.wantsAudio();
        this.video = first.wantsVideo();
        this.tracks = first.tracks();
        this.messageStreamId = first.messageStreamId();
        this.chunks = new ChunkWriter(first.chunkBytes());
        this.selector = new FrameSelector(audio, video, tracks, waitingBefore, sentBefore);
    }

    /** Whether a subscriber stands where this image begins, and wants what it has. */
    boolean fits(WireSubscription other, RingCursor cursor) {
        return cursor.next() == from
                && cursor.isWaitingForKeyframe() == waitingBefore
                && other.sentHeaders() == sentBefore
                && other.wantsAudio() == audio
                && other.wantsVideo() == video
                && other.tracks() == tracks
                && other.messageStreamId() == messageStreamId
                && other.chunkBytes() == chunks.chunkBytes();
    }

    /** Lays out entries up to a place, or up to the bounds of an image. If it throws, there is nothing to release. */
    void layOut(FrameRing ring, long limit, ByteBufAllocator allocator) {
        int size = 0;
        long end = Math.min(limit, from + MAX_ENTRIES);
        for (to = from; to < end && size < MAX_BYTES; to++) {
            Optional<Entry> entry = ring.at(to);
            if (entry.isEmpty()) {
                break;
            }
            int before = frames.size();
            if (!selector.select(entry.get(), frames)) {
                passedOver++;
            }
            for (MediaFrame frame : frames.subList(before, frames.size())) {
                size += chunks.wireBytes(chunkStreamId(frame.kind()), wireMillis(frame), frame.size());
            }
        }
        if (size == 0) {
            return;
        }
        ByteBuf out = allocator.directBuffer(size, size);
        try {
            for (MediaFrame frame : frames) {
                chunks.write(chunkStreamId(frame.kind()), wireMillis(frame), frame.kind().typeId(), messageStreamId, frame, out);
            }
            bytes = out.retain();
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

    ByteBuf bytes() {
        return bytes;
    }

    int frames() {
        return frames.size();
    }

    int passedOver() {
        return passedOver;
    }

    long to() {
        return to;
    }

    boolean isWaitingForKeyframe() {
        return selector.isWaitingForKeyframe();
    }

    StreamHeaders sentHeaders() {
        return selector.sent();
    }

    long from() {
        return from;
    }

    void retain() {
        bytes.retain();
    }

    void release() {
        bytes.release();
    }
}
