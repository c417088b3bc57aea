package dev.millrace.flv;

import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads FLV that comes in pieces (FLV 10.1, annex E). Tolerates what can be tolerated and counts it: a wrong back pointer is no reason to stop, and
 * after damage the next tag is looked for, by its own header and the size behind it.
 *
 * <p>Holds what has arrived of one tag, at most {@link FlvTag#MAX_BODY_BYTES} and a few. Confined to one thread at a time.
 */
public final class FlvReader {

    /** The first back pointer stands behind the header, wherever that says it ends. */
    private static final int MAX_HEADER_BYTES = 64 << 10;

    private static final int FIXED_BYTES = FlvWriter.TAG_HEADER_BYTES + FlvWriter.BACK_POINTER_BYTES;
    private static final int ENCRYPTED = 0x20;
    private static final int TYPE_BITS = 0x1F;

    // In place of the size of a tag.
    private static final int NEED_MORE = -1;
    private static final int NO_TAG = -2;

    private enum State {
        HEADER,
        TAGS,
        LOST
    }

    private State state = State.HEADER;
    private Optional<FlvHeader> header = Optional.empty();

    /** What has arrived and is not read: {@code held[from]} to {@code held[to - 1]}. */
    private byte[] held = new byte[512];

    private int from;
    private int to;
    private boolean ended;

    private long resyncs;
    private long skippedBytes;
    private long wrongBackPointers;
    private long encryptedTags;
    private long truncatedTags;

    /** Makes a reader at the start of a file. */
    public FlvReader() {}

    /**
     * Takes more of the file.
     *
     * @param in borrowed; all of it is consumed
     * @throws IllegalStateException after {@link #end()}
     */
    public void append(ByteBuf in) {
        if (ended) {
            throw new IllegalStateException("bytes after the end");
        }
        int more = in.readableBytes();
        if (held.length - to < more) {
            byte[] target = held.length < to - from + more ? new byte[Math.max(2 * held.length, to - from + more)] : held;
            System.arraycopy(held, from, target, 0, to - from);
            held = target;
            to -= from;
            from = 0;
        }
        in.readBytes(held, to, more);
        to += more;
    }

    /** The file ends here. Tags that are whole are still given. */
    public void end() {
        ended = true;
    }

    /**
     * The next whole tag.
     *
     * @return a tag, or empty if more of the file is needed, or it has ended
     * @throws MalformedException if this is no FLV; nothing can be read from it then
     */
    public Optional<FlvTag> read() throws MalformedException {
        if (state == State.HEADER && !readHeader()) {
            return Optional.empty();
        }
        while (to > from) {
            int size = state == State.TAGS ? wholeTagHere() : tagAhead();
            if (size == NEED_MORE) {
                return Optional.empty();
            }
            if (size == NO_TAG) {
                moveTo(from + 1);
                state = State.LOST;
                continue;
            }
            Optional<FlvTag> tag = take(size);
            if (tag.isPresent()) {
                return tag;
            }
        }
        return Optional.empty();
    }

    private boolean readHeader() throws MalformedException {
        int available = to - from;
        for (int i = 0; i < Math.min(3, available); i++) {
            if (held[from + i] != (byte) (FlvHeader.SIGNATURE >> 16 - 8 * i)) {
                throw new MalformedException("file begins with " + Bytes.copyOf(Arrays.copyOfRange(held, from, from + i + 1)) + ", not 464c56");
            }
        }
        if (available < FlvHeader.BYTES) {
            return giveUpAtEnd();
        }
        long declared = intAt(from + 5) & 0xFFFFFFFFL;
        // Some writers leave the size 0 or count wrong: then the tags begin where they begin in every other file.
        int size = declared < FlvHeader.BYTES || declared > MAX_HEADER_BYTES ? FlvHeader.BYTES : (int) declared;
        if (available < size + FlvWriter.BACK_POINTER_BYTES) {
            return giveUpAtEnd();
        }
        int flags = held[from + 4];
        header = Optional.of(new FlvHeader((flags & FlvHeader.AUDIO_FLAG) != 0, (flags & FlvHeader.VIDEO_FLAG) != 0));
        from += size + FlvWriter.BACK_POINTER_BYTES;
        state = State.TAGS;
        return true;
    }

    private boolean giveUpAtEnd() {
        if (ended && to > from) {
            truncatedTags = 1;
            skippedBytes += to - from;
            from = to;
        }
        return false;
    }

    /** The size of the tag at the place where one must be. */
    private int wholeTagHere() {
        int available = to - from;
        if (available < FlvWriter.TAG_HEADER_BYTES) {
            return atEndOfFile();
        }
        if (!isTagHeader(from)) {
            resyncs++;
            return NO_TAG;
        }
        int size = sizeAt(from);
        if (available < size + FIXED_BYTES) {
            if (!ended) {
                return NEED_MORE;
            }
            // A size that was damaged may hide tags that are whole.
            truncatedTags = 1;
            return NO_TAG;
        }
        if (intAt(from + FlvWriter.TAG_HEADER_BYTES + size) == FlvWriter.TAG_HEADER_BYTES + size) {
            return size;
        }
        if (isEndOfAnother(from + FlvWriter.TAG_HEADER_BYTES + size)) {
            resyncs++;
            return NO_TAG;
        }
        int next = from + size + FIXED_BYTES;
        if (to - next < FlvWriter.TAG_HEADER_BYTES && !ended) {
            return NEED_MORE;
        }
        if (next == to || to - next >= FlvWriter.TAG_HEADER_BYTES && isTagHeader(next)) {
            wrongBackPointers++;
            return size;
        }
        resyncs++;
        return NO_TAG;
    }

    /** Whether the back pointer at a place is that of a tag inside the one that is looked at, whose own size then is damaged. */
    private boolean isEndOfAnother(int at) {
        int tagBytes = intAt(at);
        int start = at - tagBytes;
        return tagBytes >= FlvWriter.TAG_HEADER_BYTES && start > from && isTagHeader(start) && sizeAt(start) == tagBytes - FlvWriter.TAG_HEADER_BYTES;
    }

    private int atEndOfFile() {
        giveUpAtEnd();
        return NEED_MORE;
    }

    /** Moves on to the next place that looks like a tag with the right size behind it, and gives its size. */
    private int tagAhead() {
        for (int at = from; ; at++) {
            if (to - at < FlvWriter.TAG_HEADER_BYTES) {
                moveTo(ended ? to : at);
                return NEED_MORE;
            }
            if (!isTagHeader(at)) {
                continue;
            }
            int size = sizeAt(at);
            if (to - at < size + FIXED_BYTES) {
                if (ended) {
                    continue;
                }
                moveTo(at);
                return NEED_MORE;
            }
            if (intAt(at + FlvWriter.TAG_HEADER_BYTES + size) == FlvWriter.TAG_HEADER_BYTES + size) {
                moveTo(at);
                state = State.TAGS;
                return size;
            }
        }
    }

    private void moveTo(int at) {
        skippedBytes += at - from;
        from = at;
    }

    private Optional<FlvTag> take(int size) {
        int type = held[from] & 0xFF;
        int timestampMillis = mediumAt(from + 4) | held[from + 7] << 24;
        int body = from + FlvWriter.TAG_HEADER_BYTES;
        from += size + FIXED_BYTES;
        if ((type & ENCRYPTED) != 0) {
            encryptedTags++;
            return Optional.empty();
        }
        return Optional.of(new FlvTag(type & TYPE_BITS, timestampMillis, Bytes.takeOver(Arrays.copyOfRange(held, body, body + size))));
    }

    private boolean isTagHeader(int at) {
        int type = held[at] & 0xFF;
        return (type & ~(ENCRYPTED | TYPE_BITS)) == 0 && FlvTag.isKnown(type & TYPE_BITS) && mediumAt(at + 8) == 0;
    }

    private int sizeAt(int at) {
        return mediumAt(at + 1);
    }

    private int mediumAt(int at) {
        return (held[at] & 0xFF) << 16 | (held[at + 1] & 0xFF) << 8 | held[at + 2] & 0xFF;
    }

    private int intAt(int at) {
        return held[at] << 24 | mediumAt(at + 1);
    }

    /**
     * The file header.
     *
     * @return what it says, or empty if it has not been read
     */
    public Optional<FlvHeader> header() {
        return header;
    }

    /**
     * What was wrong so far.
     *
     * @return counts
     */
    public FlvDamage damage() {
        return new FlvDamage(resyncs, skippedBytes, wrongBackPointers, encryptedTags, truncatedTags);
    }
}
