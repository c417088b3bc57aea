package dev.millrace.rtmp.chunk;

import dev.millrace.rtmp.ByteBudget;
import dev.millrace.rtmp.ChunkLimits;
import dev.millrace.rtmp.MessageLimits;
import dev.millrace.rtmp.MessageType;
import dev.millrace.rtmp.RtmpProtocolException;
import dev.millrace.rtmp.chunk.ChunkStream.ContinuationTimestamp;
import io.netty.buffer.ByteBuf;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Puts chunks together to messages (RTMP 1.0, section 5.3). Applies Set Chunk Size and Abort itself, at the point of the byte stream where they
 * stand, and hands them on like every other message.
 *
 * <p>Each message is assembled in one plain array. Until {@link #authorise()}, and after an Abort, that array grows with what has arrived; else it is
 * made at its declared length, within the limits, but gets more than 64 KiB only once so much has arrived. Lengths are checked when a header is read.
 *
 * <p>Confined to one thread at a time. After an exception it refuses to read on.
 */
public final class ChunkReader implements AutoCloseable {

    private static final int INITIAL_CHUNK_BYTES = 128;
    private static final int MAX_CHUNK_BYTES = 0xFFFFFF;
    private static final int LARGE_MESSAGE_BYTES = 64 << 10;
    private static final int FIRST_ALLOCATION_BYTES = 4 << 10;

    /** So much of a message must have arrived before an accepted publisher gets room for all of it. */
    private static final int EARNED_BYTES = 64 << 10;

    private final ChunkLimits limits;
    private final MessageLimits messageLimits;
    private final ByteBudget budget;
    private final Map<Integer, ChunkStream> streams = new HashMap<>();
    private final ChunkHeader header = new ChunkHeader();

    private int chunkBytes = INITIAL_CHUNK_BYTES;
    private boolean authorised;
    private boolean dead;
    private boolean abortSeen;
    private int partialMessages;
    private int partialBytes;
    private long chunksRead;

    /** The chunk whose payload is being taken, if {@code chunkBytesLeft} or {@code inChunk} say so. */
    private ChunkStream current = new ChunkStream(0);

    private boolean inChunk;
    private int chunkBytesLeft;

    /**
     * Makes a reader at the start of a chunk stream, right behind the handshake.
     *
     * @param limits what it may hold
     * @param messageLimits how long messages may be
     * @param budget what all readers together may hold; given back message by message, and by {@link #close()}
     */
    public ChunkReader(ChunkLimits limits, MessageLimits messageLimits, ByteBudget budget) {
        this.limits = limits;
        this.messageLimits = messageLimits;
        this.budget = budget;
    }

    /** From the next message on, the limits of an accepted publisher hold. */
    public void authorise() {
        authorised = true;
    }

    /**
     * Reads up to the end of the next message.
     *
     * @param in borrowed; everything is consumed but a chunk header that is not complete, which must come again with more behind it
     * @return the next message, or empty if {@code in} holds no more whole one
     * @throws RtmpProtocolException if the bytes are no chunks or pass a limit; the reader is dead then and holds nothing
     */
    public Optional<ChunkMessage> read(ByteBuf in) throws RtmpProtocolException {
        if (dead) {
            throw new IllegalStateException("closed, or read after a protocol error");
        }
        try {
            while (inChunk || startChunk(in)) {
                takePayload(in);
                if (chunkBytesLeft > 0) {
                    return Optional.empty();
                }
                inChunk = false;
                if (current.received == current.length) {
                    return Optional.of(complete(current));
                }
            }
            return Optional.empty();
        } catch (RtmpProtocolException e) {
            close();
            throw e;
        }
    }

    private boolean startChunk(ByteBuf in) throws RtmpProtocolException {
        int start = in.readerIndex();
        if (!header.read(in)) {
            in.readerIndex(start);
            return false;
        }
        ChunkStream stream = streams.get(header.chunkStreamId);
        if (stream == null) {
            stream = open();
        } else if (stream.partial && header.format != 3) {
            throw new RtmpProtocolException("format " + header.format + " in the middle of a message on chunk stream " + stream.id
                    + " after " + stream.received + " of " + stream.length + " bytes");
        }
        if (header.format == 3 && stream.extended && !readContinuationTimestamp(stream, in)) {
            in.readerIndex(start);
            return false;
        }
        if (!stream.partial) {
            beginMessage(stream);
        }
        chunksRead++;
        stream.chunks++;
        if (stream.chunks > stream.length / 64 + 1024) {
            throw new RtmpProtocolException(stream.chunks + " chunks for a message of " + stream.length + " bytes");
        }
        current = stream;
        inChunk = true;
        chunkBytesLeft = Math.min(chunkBytes, stream.length - stream.received);
        return true;
    }

    private ChunkStream open() throws RtmpProtocolException {
        // Format 1 first is what librtmp does with a ping on a fresh chunk stream.
        if (header.format > 1) {
            throw new RtmpProtocolException("chunk stream " + header.chunkStreamId + " starts with format " + header.format + ", not 0 or 1");
        }
        if (streams.size() == limits.maxChunkStreams()) {
            throw new RtmpProtocolException("chunk stream " + header.chunkStreamId + " is one more than " + limits.maxChunkStreams());
        }
        ChunkStream stream = new ChunkStream(header.chunkStreamId);
        streams.put(stream.id, stream);
        return stream;
    }

    /**
     * Takes the extended timestamp of a format 3 chunk if the sender put one there. A new message always has it. In a continuation some senders
     * repeat it, some leave it out, and one writes zeros; what stands there the first time tells which.
     *
     * @return false if the bytes that would tell have not arrived
     */
    private boolean readContinuationTimestamp(ChunkStream stream, ByteBuf in) {
        if (stream.partial && stream.continuationTimestamp == ContinuationTimestamp.OMITTED) {
            return true;
        }
        int at = in.readerIndex();
        if (!stream.partial) {
            if (in.readableBytes() < 4) {
                return false;
            }
            header.extendedTimestamp = in.readInt();
            return true;
        }
        boolean repeated = startsWith(in, at, stream.extendedTimestamp);
        // Zeros are common at any place of AMF, and rare in coded media.
        boolean media = stream.typeId == MessageType.AUDIO.number() || stream.typeId == MessageType.VIDEO.number();
        boolean zero = media && stream.continuationTimestamp != ContinuationTimestamp.REPEATED && startsWith(in, at, 0);
        if (!repeated && !zero) {
            stream.continuationTimestamp = ContinuationTimestamp.OMITTED;
            return true;
        }
        if (in.readableBytes() < 4) {
            return false;
        }
        in.skipBytes(4);
        stream.continuationTimestamp = repeated ? ContinuationTimestamp.REPEATED : ContinuationTimestamp.ZERO;
        return true;
    }

    /** Whether the bytes that have arrived, four at most, are the first ones of {@code value}. */
    private static boolean startsWith(ByteBuf in, int at, int value) {
        int count = Math.min(4, in.readableBytes());
        for (int i = 0; i < count; i++) {
            if (in.getByte(at + i) != (byte) (value >>> 24 - 8 * i)) {
                return false;
            }
        }
        return true;
    }

    private void beginMessage(ChunkStream stream) throws RtmpProtocolException {
        if (header.format < 3) {
            stream.extended = header.extended;
            stream.extendedTimestamp = header.extendedTimestamp;
            stream.timestampDelta = header.time();
        } else if (stream.extended) {
            stream.timestampDelta = header.extendedTimestamp;
            stream.extendedTimestamp = header.extendedTimestamp;
        }
        // After format 0 the time itself is the delta of a format 3 chunk: RTMP 1.0, section 5.3.1.2.4.
        stream.timestampMillis = header.format == 0 ? header.time() : stream.timestampMillis + stream.timestampDelta;
        if (header.format < 2) {
            stream.length = header.length;
            stream.typeId = header.typeId;
        }
        if (header.format == 0) {
            stream.messageStreamId = header.messageStreamId;
        }
        checkMessage(stream);
        stream.begin();
        partialMessages++;
    }

    private void checkMessage(ChunkStream stream) throws RtmpProtocolException {
        int most = messageLimits.maxBytes(stream.typeId, authorised);
        if (stream.length > most) {
            throw new RtmpProtocolException("message of type " + stream.typeId + " with " + stream.length + " bytes exceeds " + most
                    + (authorised ? "" : " before authorisation"));
        }
        if (stream.length > LARGE_MESSAGE_BYTES && chunkBytes < limits.minChunkBytesOfLargeMessage()) {
            throw new RtmpProtocolException("chunk size " + chunkBytes + " is less than " + limits.minChunkBytesOfLargeMessage()
                    + " for a message of " + stream.length + " bytes");
        }
        if (partialMessages == limits.maxPartialMessages()) {
            throw new RtmpProtocolException("message on chunk stream " + stream.id + " begun while " + partialMessages + " are not complete");
        }
    }

    private void takePayload(ByteBuf in) throws RtmpProtocolException {
        int count = Math.min(chunkBytesLeft, in.readableBytes());
        if (count == 0) {
            return;
        }
        ChunkStream stream = current;
        makeRoom(stream, count);
        in.readBytes(stream.payload, stream.received, count);
        stream.received += count;
        chunkBytesLeft -= count;
    }

    private void makeRoom(ChunkStream stream, int count) throws RtmpProtocolException {
        int needed = stream.received + count;
        int held = stream.payload.length;
        if (needed <= held) {
            return;
        }
        boolean whole = authorised && needed > EARNED_BYTES;
        // Who aborts messages could otherwise have room made again and again for a few bytes each.
        int first = authorised && !abortSeen ? EARNED_BYTES : FIRST_ALLOCATION_BYTES;
        int wanted = whole ? stream.length : Math.min(stream.length, Math.max(needed, Math.max(2 * held, first)));
        int more = wanted - held;
        if (more > limits.maxPartialBytes() - partialBytes) {
            throw new RtmpProtocolException(
                    "partial messages of " + ((long) partialBytes + more) + " bytes exceed " + limits.maxPartialBytes());
        }
        if (!budget.tryTake(more)) {
            throw new RtmpProtocolException("partial messages of all connections exceed " + budget.limitBytes() + " bytes");
        }
        partialBytes += more;
        byte[] larger = new byte[wanted];
        System.arraycopy(stream.payload, 0, larger, 0, stream.received);
        stream.payload = larger;
    }

    private ChunkMessage complete(ChunkStream stream) throws RtmpProtocolException {
        ChunkMessage message = new ChunkMessage(
                stream.id, stream.timestampMillis, stream.typeId, stream.messageStreamId, stream.payload);
        drop(stream);
        if (stream.typeId == MessageType.SET_CHUNK_SIZE.number()) {
            setChunkSize(message.payload());
        } else if (stream.typeId == MessageType.ABORT.number()) {
            abort(message.payload());
        }
        return message;
    }

    private void drop(ChunkStream stream) {
        int bytes = stream.payload.length;
        stream.end();
        partialMessages--;
        partialBytes -= bytes;
        budget.giveBack(bytes);
    }

    private void setChunkSize(byte[] body) throws RtmpProtocolException {
        if (body.length < 4) {
            throw new RtmpProtocolException("Set Chunk Size of " + body.length + " bytes, not 4");
        }
        int bytes = intAt(body);
        if (bytes <= 0) {
            throw new RtmpProtocolException("chunk size " + Integer.toUnsignedString(bytes) + " is not 1 to 2147483647");
        }
        chunkBytes = Math.min(bytes, MAX_CHUNK_BYTES);
    }

    private void abort(byte[] body) {
        if (body.length < 4) {
            return;
        }
        abortSeen = true;
        ChunkStream stream = streams.get(intAt(body));
        if (stream != null && stream.partial) {
            drop(stream);
        }
    }

    private static int intAt(byte[] body) {
        return (body[0] & 0xFF) << 24 | (body[1] & 0xFF) << 16 | (body[2] & 0xFF) << 8 | body[3] & 0xFF;
    }

    /**
     * The peer's chunk size.
     *
     * @return bytes, 1 to 16,777,215
     */
    public int chunkBytes() {
        return chunkBytes;
    }

    /**
     * How many chunk headers were read: the work done.
     *
     * @return chunks
     */
    public long chunksRead() {
        return chunksRead;
    }

    /**
     * What is held for messages that are not complete.
     *
     * @return bytes allocated
     */
    public int partialBytes() {
        return partialBytes;
    }

    /** Forgets everything and gives its bytes back to the budget. Can be called again. */
    @Override
    public void close() {
        dead = true;
        budget.giveBack(partialBytes);
        partialBytes = 0;
        streams.clear();
        current.end();
    }
}
