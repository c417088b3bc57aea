package dev.millrace.recording;

import dev.millrace.flv.FlvHeader;
import dev.millrace.flv.FlvTag;
import dev.millrace.flv.FlvWriter;
import dev.millrace.media.Bytes;
import dev.millrace.media.FrameRole;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import dev.millrace.media.StreamHeaders;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;

/** One file that is being recorded. Tags are buffered and written whole. Confined to one thread at a time. */
final class FlvFile implements AutoCloseable {

    private static final int WRITE_ABOVE_BYTES = 256 << 10;

    /** A larger step forward is a new start of the publisher's clock. */
    private static final long MAX_STEP_MILLIS = 60_000;

    /** A larger step back is a new start of the publisher's clock. */
    private static final long MAX_STEP_BACK_MILLIS = 10_000;

    private final int part;
    private final WritableByteChannel channel;
    private final FileMetadata metadata;
    private final KeyframeIndex index;
    private final ByteBuf buffered = Unpooled.buffer();
    /** The time of the stream that is 0 in the file. */
    private long startMillis;

    private boolean audio;
    private boolean video;
    private boolean defaultVideo;
    private long lastMillis;
    private long bytes;
    private long lostFrames;

    FlvFile(int part, WritableByteChannel channel, RecordingOptions options, StreamHeaders headers, long startMillis) {
        this.part = part;
        this.channel = channel;
        this.metadata = new FileMetadata(headers.metadata(), options.maxIndexedKeyframes());
        this.index = new KeyframeIndex(options.maxIndexedKeyframes());
        this.startMillis = startMillis;
        FlvWriter.write(new FlvHeader(true, true), buffered);
        FlvWriter.write(metadataTag(0), buffered);
        StreamHeaders withoutMetadata = headers.metadata().map(StreamHeaders.EMPTY::with).orElse(StreamHeaders.EMPTY);
        headers.changesSince(withoutMetadata).forEach(header -> append(header.atTime(startMillis)));
    }

    private FlvTag metadataTag(long fileBytes) {
        byte[] body = metadata.body(durationMillis() / 1000.0, fileBytes, index);
        return new FlvTag(MediaKind.DATA.typeId(), 0, Bytes.takeOver(body));
    }

    /** Adds a frame. */
    void append(MediaFrame frame) {
        long millis = fileMillis(frame);
        audio |= frame.kind() == MediaKind.AUDIO;
        video |= frame.kind() == MediaKind.VIDEO;
        defaultVideo |= frame.kind() == MediaKind.VIDEO && frame.trackId() == 0 && frame.role() == FrameRole.CODED;
        if (frame.kind() != MediaKind.DATA) {
            lastMillis = Math.max(lastMillis, millis);
        }
        if (frame.isKeyframe() && frame.trackId() == 0) {
            index.add(millis, bytes + buffered.readableBytes());
        }
        FlvWriter.write(FlvTag.of(frame, (int) millis), buffered);
    }

    /**
     * Returns the time of a frame in the file. Times start at 0; frames that are slightly older than the first one have
     * its time. Where the clock of the stream jumps, that of the file continues, so that a restarted or hostile sender
     * cannot make a file of years. Data has the time of the frame before it.
     */
    private long fileMillis(MediaFrame frame) {
        if (frame.kind() == MediaKind.DATA) {
            return lastMillis;
        }
        long millis = frame.timestampMillis() - startMillis;
        if (millis - lastMillis > MAX_STEP_MILLIS || lastMillis - millis > MAX_STEP_BACK_MILLIS) {
            startMillis = frame.timestampMillis() - lastMillis;
            return lastMillis;
        }
        return Math.max(0, millis);
    }

    boolean shouldWrite() {
        return buffered.readableBytes() > WRITE_ABOVE_BYTES;
    }

    /** Writes the buffered tags. */
    void write() throws IOException {
        write(buffered);
        buffered.clear();
    }

    private void write(ByteBuf from) throws IOException {
        ByteBuffer source = from.nioBuffer();
        while (source.hasRemaining()) {
            bytes += channel.write(source);
        }
    }

    /** Writes the buffered tags; if the channel is seekable, also duration, size and index at the start of the file. */
    void finish() throws IOException {
        write();
        if (channel instanceof SeekableByteChannel seekable) {
            long end = bytes;
            ByteBuf front = Unpooled.buffer();
            FlvWriter.write(new FlvHeader(audio, video), front);
            FlvWriter.write(metadataTag(end), front);
            seekable.position(0);
            write(front);
            bytes = end;
            seekable.position(end);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    long durationMillis() {
        return lastMillis;
    }

    long bytes() {
        return bytes + buffered.readableBytes();
    }

    boolean isOver(RecordingOptions options) {
        boolean longEnough = options.maxDuration().filter(most -> lastMillis >= most.toMillis()).isPresent();
        boolean large = options.maxBytes() > 0 && bytes() >= options.maxBytes();
        return longEnough || large || lastMillis > Integer.MAX_VALUE / 2;
    }

    /** Whether the file has frames of the default video track, so that the next file must start at a keyframe. */
    boolean hasVideo() {
        return defaultVideo;
    }

    void countLost(long frames) {
        lostFrames += frames;
    }

    Recording toRecording() {
        return new Recording(part, Duration.ofMillis(lastMillis), bytes, index.keyframes(), lostFrames);
    }
}
