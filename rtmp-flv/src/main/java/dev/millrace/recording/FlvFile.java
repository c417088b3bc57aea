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

/** One file that is being recorded. What is gathered goes out in whole tags. Confined to one thread at a time. */
final class FlvFile implements AutoCloseable {

    private static final int WRITE_ABOVE_BYTES = 256 << 10;

    /** A publisher that is silent for longer, or a clock that goes back by more, has begun anew. */
    private static final long MAX_STEP_MILLIS = 60_000;

    private static final long MAX_STEP_BACK_MILLIS = 10_000;

    private final int part;
    private final WritableByteChannel channel;
    private final FileMetadata metadata;
    private final KeyframeIndex index;
    private final ByteBuf gathered = Unpooled.buffer();
    /** What is 0 in the file. */
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
        FlvWriter.write(new FlvHeader(true, true), gathered);
        FlvWriter.write(metadataTag(0), gathered);
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
            index.add(millis, bytes + gathered.readableBytes());
        }
        FlvWriter.write(FlvTag.of(frame, (int) millis), gathered);
    }

    /**
     * Times start at 0; what is a little older than the first frame has the time of that. Where the stream's clock jumps, the file's goes on, so
     * that neither a sender's restart nor a hostile one makes a file of years. Data have the time of what is around them.
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
        return gathered.readableBytes() > WRITE_ABOVE_BYTES;
    }

    /** Writes what is gathered. */
    void write() throws IOException {
        write(gathered);
        gathered.clear();
    }

    private void write(ByteBuf from) throws IOException {
        ByteBuffer source = from.nioBuffer();
        while (source.hasRemaining()) {
            bytes += channel.write(source);
        }
    }

    /** Writes the rest, and what is known only now into the front, where the channel can go back. */
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
        return bytes + gathered.readableBytes();
    }

    boolean isOver(RecordingOptions options) {
        boolean longEnough = options.maxDuration().filter(most -> lastMillis >= most.toMillis()).isPresent();
        boolean large = options.maxBytes() > 0 && bytes() >= options.maxBytes();
        return longEnough || large || lastMillis > Integer.MAX_VALUE / 2;
    }

    /** Pictures of the default video track have come: files begin at its keyframes. */
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
