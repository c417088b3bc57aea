package dev.millrace.rtmp.stream;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.EndReason;
import dev.millrace.media.FrameInfo;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import dev.millrace.rtmp.ByteBudget;
import dev.millrace.rtmp.ChunkLimits;
import dev.millrace.rtmp.MessageLimits;
import dev.millrace.rtmp.RtmpProtocolException;
import dev.millrace.rtmp.chunk.ChunkMessage;
import dev.millrace.rtmp.chunk.ChunkReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** A socket that reads back what is written to it, with the chunk reader. A word a message or call. */
final class RecordingSink implements WireSink {

    private final Executor executor;
    private final int messageStreamId;
    private final int chunkBytes;
    private final ChunkReader reader;
    private final List<String> words = new ArrayList<>();

    /** All messages, in order. */
    final List<MediaFrame> frames = new ArrayList<>();

    Subscription subscription;
    boolean writable = true;

    /** How many more writes until it is not writable. */
    int room = Integer.MAX_VALUE;

    long bytes;
    long lost;
    int writes;
    int flushes;
    Consumer<String> then = word -> {};

    RecordingSink(Executor executor, int messageStreamId, int chunkBytes) {
        this.executor = executor;
        this.messageStreamId = messageStreamId;
        this.chunkBytes = chunkBytes;
        this.reader = new ChunkReader(ChunkLimits.DEFAULT, MessageLimits.DEFAULT, new ByteBudget(1 << 24));
        reader.authorise();
        byte[] setChunkSize = TrackedBuffers.bytes(String.format("02 000000 000004 01 00000000 %08x", chunkBytes));
        read(Unpooled.wrappedBuffer(setChunkSize));
        words.clear();
    }

    String take() {
        String told = String.join(" ", words);
        words.clear();
        return told;
    }

    private void add(String word) {
        words.add(word);
        then.accept(word);
    }

    private void read(ByteBuf in) {
        try {
            for (Optional<ChunkMessage> message = reader.read(in); message.isPresent(); message = reader.read(in)) {
                take(message.get());
            }
        } catch (RtmpProtocolException e) {
            throw new AssertionError(e);
        }
        if (in.isReadable() || reader.partialBytes() > 0) {
            throw new AssertionError("a write that does not end with a whole message");
        }
    }

    private void take(ChunkMessage message) {
        if (message.typeId() < 8) {
            return;
        }
        long millis = Integer.toUnsignedLong(message.timestampMillis());
        MediaFrame frame = switch (message.typeId()) {
            case 8 -> Frames.audioOf(millis, message.payload());
            case 9 -> Frames.videoOf(millis, message.payload());
            default -> MediaFrame.takeOver(isMetadata(message) ? FrameInfo.METADATA : FrameInfo.DATA, millis, message.payload());
        };
        int chunkStreamId = frame.kind() == MediaKind.AUDIO ? 4 : frame.kind() == MediaKind.VIDEO ? 6 : 7;
        if (message.messageStreamId() != messageStreamId || message.chunkStreamId() != chunkStreamId) {
            throw new AssertionError("message stream " + message.messageStreamId() + ", chunk stream " + message.chunkStreamId());
        }
        frames.add(frame);
        words.add(Frames.text(frame));
    }

    private static boolean isMetadata(ChunkMessage message) {
        return message.payload()[2] == 10; // length of "onMetaData"
    }

    @Override
    public Executor executor() {
        return executor;
    }

    @Override
    public int messageStreamId() {
        return messageStreamId;
    }

    @Override
    public int chunkBytes() {
        return chunkBytes;
    }

    @Override
    public boolean isWritable() {
        then.accept("isWritable");
        return writable && room > 0;
    }

    @Override
    public void writeAndFlush(ByteBuf written) {
        write(written);
        flush();
    }

    private void write(ByteBuf written) {
        writes++;
        room--;
        bytes += written.readableBytes();
        try {
            read(written);
        } finally {
            written.release();
        }
        then.accept("write");
    }

    @Override
    public void flush() {
        flushes++;
        then.accept("flush");
    }

    @Override
    public void onGap(long lostFrames) {
        lost += lostFrames;
        add("gap:" + lostFrames);
    }

    @Override
    public void onCaughtUp(long lostFrames) {
        add("again:" + lostFrames);
    }

    @Override
    public void onEnd(EndReason reason) {
        add("end:" + reason);
    }
}
