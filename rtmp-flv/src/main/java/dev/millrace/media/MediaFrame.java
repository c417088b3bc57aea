package dev.millrace.media;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Objects;

/**
 * One audio, video or data message of a stream: the body of an RTMP message, which is also the body of an FLV tag.
 *
 * <p>Immutable and thread-safe. The bytes live in the heap and are collected with the frame: it may be kept for as long as needed, and nobody
 * releases anything. No method gives away the array inside.
 */
public final class MediaFrame {

    private final FrameInfo info;
    private final long timestampMillis;
    private final byte[] bytes;

    private MediaFrame(FrameInfo info, long timestampMillis, byte[] bytes) {
        this.info = Objects.requireNonNull(info, "info");
        this.timestampMillis = timestampMillis;
        this.bytes = Objects.requireNonNull(bytes, "bytes");
    }

    /**
     * Makes a frame around an array that belongs to it from now on.
     *
     * @param info what the message is
     * @param timestampMillis decoding time in milliseconds, not wrapped; may be negative
     * @param bytes the whole message body; the caller must not touch it again
     * @return the frame
     */
    public static MediaFrame takeOver(FrameInfo info, long timestampMillis, byte[] bytes) {
        return new MediaFrame(info, timestampMillis, bytes);
    }

    /**
     * Makes a frame with a copy of an array.
     *
     * @param info what the message is
     * @param timestampMillis decoding time in milliseconds, not wrapped; may be negative
     * @param bytes the whole message body; borrowed for the call
     * @return the frame
     */
    public static MediaFrame copyOf(FrameInfo info, long timestampMillis, byte[] bytes) {
        return new MediaFrame(info, timestampMillis, bytes.clone());
    }

    /**
     * The same message at another time. The bytes are shared, not copied.
     *
     * @param millis the new time in milliseconds
     * @return a frame with that time, or this one if it has it already
     */
    public MediaFrame atTime(long millis) {
        return millis == timestampMillis ? this : new MediaFrame(info, millis, bytes);
    }

    /**
     * What is known of the message.
     *
     * @return kind, role, codec, track and flags
     */
    public FrameInfo info() {
        return info;
    }

    /**
     * Audio, video or data.
     *
     * @return the kind
     */
    public MediaKind kind() {
        return info.kind();
    }

    /**
     * What the message does in its stream.
     *
     * @return the role
     */
    public FrameRole role() {
        return info.role();
    }

    /**
     * The coding of the message's track.
     *
     * @return the codec, {@link Codec#NONE} for data
     */
    public Codec codec() {
        return info.codec();
    }

    /**
     * The track, see {@link FrameInfo#trackId()}.
     *
     * @return 0 to 255
     */
    public int trackId() {
        return info.trackId();
    }

    /**
     * Decoding time in milliseconds on the stream's own clock. It does not wrap; it may start anywhere and may go back where a sender does so.
     *
     * @return milliseconds
     */
    public long timestampMillis() {
        return timestampMillis;
    }

    /**
     * Whether decoding of video can start here.
     *
     * @return true for a coded keyframe only, never for a sequence header
     */
    public boolean isKeyframe() {
        return info.keyframe();
    }

    /**
     * Whether this is what a decoder needs before the frames of its track.
     *
     * @return true for a sequence header
     */
    public boolean isSequenceHeader() {
        return info.role() == FrameRole.SEQUENCE_HEADER;
    }

    /**
     * Whether this ends a coded sequence.
     *
     * @return true for an end of sequence
     */
    public boolean isSequenceEnd() {
        return info.role() == FrameRole.SEQUENCE_END;
    }

    /**
     * Length of the message body.
     *
     * @return bytes, 0 or more
     */
    public int size() {
        return bytes.length;
    }

    /**
     * One byte of the body.
     *
     * @param index 0 to {@code size() - 1}
     * @return the byte
     * @throws IndexOutOfBoundsException if there is no such byte
     */
    public byte byteAt(int index) {
        return bytes[index];
    }

    /**
     * Copies a part of the body.
     *
     * @param from first byte to copy
     * @param target where to copy to
     * @param at first index in {@code target}
     * @param length number of bytes
     * @throws IndexOutOfBoundsException if a range is outside its array; nothing is copied then
     */
    public void getBytes(int from, byte[] target, int at, int length) {
        Objects.checkFromIndexSize(from, length, bytes.length);
        System.arraycopy(bytes, from, target, at, length);
    }

    /**
     * Appends a part of the body to a buffer.
     *
     * @param out grows by {@code length}
     * @param from first byte to copy
     * @param length number of bytes
     * @throws IndexOutOfBoundsException if the range is outside the body; {@code out} is unchanged then
     */
    public void writeTo(ByteBuf out, int from, int length) {
        Objects.checkFromIndexSize(from, length, bytes.length);
        out.writeBytes(bytes, from, length);
    }

    /**
     * A view of the body.
     *
     * @return a read-only buffer over the bytes; nobody needs to release it
     */
    public ByteBuf asByteBuf() {
        return Unpooled.wrappedBuffer(bytes).asReadOnly();
    }

    /**
     * The message.
     *
     * @return a view, nothing is copied
     */
    public Bytes bytes() {
        return Bytes.takeOver(bytes);
    }

    /**
     * A copy of the body.
     *
     * @return a new array that belongs to the caller
     */
    public byte[] toByteArray() {
        return bytes.clone();
    }

    /**
     * Whether two messages say the same, whenever they say it.
     *
     * @param other another message
     * @return true if facts and bytes are equal
     */
    public boolean hasSameContent(MediaFrame other) {
        return info.equals(other.info) && Arrays.equals(bytes, other.bytes);
    }

    /** A line for a person: kind, role, codec, track, time and size. */
    @Override
    public String toString() {
        return info.kind() + " " + info.role() + (info.keyframe() ? " key " : " ") + info.codec() + " track " + info.trackId() + " at "
                + timestampMillis + " ms, " + bytes.length + " bytes";
    }
}
