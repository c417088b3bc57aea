package dev.millrace.sample;

import dev.millrace.codec.Coding;
import dev.millrace.codec.nal.NalUnitKind;
import dev.millrace.media.Bytes;
import dev.millrace.media.Codec;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaKind;
import dev.millrace.media.RandomAccess;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * What a decoder takes at a time, with its times: an access unit of video, or one or more coded frames of audio. Immutable.
 *
 * <p>A view of the message that it came in: nothing is copied, and keeping a sample keeps the message. The payload of H.264, H.265 and H.266 is a
 * series of NAL units, which are found once, when the sample is made.
 */
public final class Sample {

    private static final int RANGE_FIELDS = 2;

    private final TrackFormat format;
    private final long decodeTimeMicros;
    private final long presentationTimeMicros;
    private final RandomAccess randomAccess;
    private final boolean decodable;
    private final int samples;
    private final Bytes message;
    private final int offset;
    private final int size;
    private final int[] nalUnits;

    Sample(
            TrackFormat format,
            long decodeTimeMicros,
            long presentationTimeMicros,
            RandomAccess randomAccess,
            boolean decodable,
            int samples,
            Bytes message,
            int offset,
            int size,
            int[] nalUnits) {
        this.format = format;
        this.decodeTimeMicros = decodeTimeMicros;
        this.presentationTimeMicros = presentationTimeMicros;
        this.randomAccess = randomAccess;
        this.decodable = decodable;
        this.samples = samples;
        this.message = message;
        this.offset = offset;
        this.size = size;
        this.nalUnits = nalUnits;
    }

    /**
     * Returns how the track is coded from this sample on.
     *
     * @return the format in force; the same object as long as nothing changes
     */
    public TrackFormat format() {
        return format;
    }

    /**
     * Returns whether this is audio or video.
     *
     * @return the kind
     */
    public MediaKind kind() {
        return format.kind();
    }

    /**
     * Returns the codec.
     *
     * @return that of the format
     */
    public Codec codec() {
        return format.codec();
    }

    /**
     * Returns the track.
     *
     * @return 0 for the default track, at most 255
     */
    public int trackId() {
        return format.trackId();
    }

    /**
     * Returns the decoding time.
     *
     * @return microseconds on the stream's clock, unwrapped; as the sender has it, which may go back
     */
    public long decodeTimeMicros() {
        return decodeTimeMicros;
    }

    /**
     * Returns the presentation time: the decoding time, the composition time and, in Enhanced RTMP, an offset of less than a millisecond.
     *
     * @return microseconds on the stream's clock, unwrapped; as the sender has it, which may be before the decoding time
     */
    public long presentationTimeMicros() {
        return presentationTimeMicros;
    }

    /**
     * Returns whether decoding can start here. What is coded decides; the sender's label counts only for codecs that cannot
     * be looked into, and for what is not decodable.
     *
     * @return the kind of random access; {@link RandomAccess#CLEAN} for audio
     */
    public RandomAccess randomAccess() {
        return randomAccess;
    }

    /**
     * Returns whether decoding can start here with a complete picture.
     *
     * @return true for audio, and for video with {@link RandomAccess#isImmediate()}
     */
    public boolean isRandomAccessPoint() {
        return randomAccess.isImmediate();
    }

    /**
     * Returns whether there is something to decode: a picture or sound whose headers can be read.
     *
     * @return false if a NAL unit or OBU is cut off, if there is no slice or frame in the access unit, or if a frame of audio does not begin as its codec
     *     wants
     */
    public boolean isDecodable() {
        return decodable;
    }

    /**
     * Returns how long the sound is.
     *
     * @return samples for each channel at {@link AudioFormat#codedSampleRateHz()}, of all frames in the payload; 0 for video, or if it is not known
     */
    public int samples() {
        return samples;
    }

    /**
     * Returns the length of the payload.
     *
     * @return bytes, 1 or more
     */
    public int size() {
        return size;
    }

    /**
     * Returns how many bytes of memory stay in use as long as this sample is kept.
     *
     * @return the length of its message, which may hold other tracks too
     */
    public int retainedBytes() {
        return message.size();
    }

    /**
     * Returns a byte of the payload.
     *
     * @param index 0 to {@code size() - 1}
     * @return the byte
     * @throws IndexOutOfBoundsException if there is no such byte
     */
    public byte byteAt(int index) {
        return message.byteAt(offset + Objects.checkIndex(index, size));
    }

    /**
     * Copies bytes of the payload.
     *
     * @param from first byte to copy
     * @param target receives the bytes
     * @param at first index in {@code target}
     * @param length number of bytes
     * @throws IndexOutOfBoundsException if a range is outside its array; nothing is copied then
     */
    public void getBytes(int from, byte[] target, int at, int length) {
        Objects.checkFromIndexSize(from, length, size);
        message.getBytes(offset + from, target, at, length);
    }

    /**
     * Appends the payload to a buffer as it stands in the message: with a length before each NAL unit, without ADTS.
     *
     * @param out grows by {@link #size()}
     * @see #writeElementaryTo(ByteBuf)
     */
    public void writeTo(ByteBuf out) {
        payload().writeTo(out);
    }

    /**
     * Returns the payload as it stands in the message.
     *
     * @return a slice of the message
     */
    public Bytes payload() {
        return message.slice(offset, size);
    }

    /**
     * Returns how many NAL units the payload has. Empty ones do not count.
     *
     * @return 0 to {@link dev.millrace.codec.nal.NalUnits#MAX_COUNT}; 0 for codecs without NAL units
     */
    public int nalUnitCount() {
        return nalUnits.length / RANGE_FIELDS;
    }

    /**
     * Returns where a NAL unit begins.
     *
     * @param index 0 to {@code nalUnitCount() - 1}
     * @return index in the payload of the first byte of its header
     * @throws IndexOutOfBoundsException if there is no such NAL unit
     */
    public int nalUnitOffset(int index) {
        return nalUnits[RANGE_FIELDS * index] - offset;
    }

    /**
     * Returns how long a NAL unit is.
     *
     * @param index 0 to {@code nalUnitCount() - 1}
     * @return bytes, 1 or more
     * @throws IndexOutOfBoundsException if there is no such NAL unit
     */
    public int nalUnitLength(int index) {
        return nalUnits[RANGE_FIELDS * index + 1];
    }

    /**
     * Returns the purpose of a NAL unit.
     *
     * @param index 0 to {@code nalUnitCount() - 1}
     * @return the kind
     * @throws IndexOutOfBoundsException if there is no such NAL unit
     */
    public NalUnitKind nalUnitKind(int index) {
        return Coding.ofVideo(codec()).kindOf(message, nalUnits[RANGE_FIELDS * index], nalUnits[RANGE_FIELDS * index + 1]);
    }

    /**
     * Returns whether the access unit has all parameter sets ahead of its first slice.
     *
     * @return true if decoding can start here without those of the {@link VideoFormat}; false for codecs without NAL units
     */
    public boolean hasParameterSets() {
        return nalUnits.length > 0 && Coding.ofVideo(codec()).hasParameterSets(message, nalUnits);
    }

    /**
     * Appends the payload to a buffer as a decoder or a file takes it.
     *
     * <ul>
     *   <li>H.264, H.265 and H.266: a byte stream, with start codes (annex B). Where decoding can start, with the parameter sets of the format in front,
     *       unless the access unit has its own.
     *   <li>AV1: a temporal unit, where decoding can start with the sequence header.
     *   <li>AAC: a frame behind an ADTS header (ISO/IEC 14496-3, 1.A.2.2).
     *   <li>All others: as the payload is.
     * </ul>
     *
     * @param out grows by the bytes
     * @throws MalformedException if ADTS cannot express the configuration of the track or the length of the frame; {@code out} is unchanged then
     */
    public void writeElementaryTo(ByteBuf out) throws MalformedException {
        if (format instanceof VideoFormat video) {
            boolean startsHere = randomAccess != RandomAccess.NONE;
            Coding.ofVideo(codec()).write(video.description(), message, offset, size, nalUnits, startsHere, out);
        } else if (format instanceof AudioFormat audio) {
            Coding.ofAudio(codec()).write(audio.description(), payload(), out);
        }
    }

    /**
     * Puts the payload into a buffer as {@link #writeElementaryTo(ByteBuf)} writes it.
     *
     * @param out its position moves behind the bytes
     * @throws MalformedException as for the other method; {@code out} is unchanged then
     * @throws java.nio.BufferOverflowException if there is no room; {@code out} is unchanged then
     */
    public void writeElementaryTo(ByteBuffer out) throws MalformedException {
        out.put(toElementary());
    }

    /**
     * Returns the payload as {@link #writeElementaryTo(ByteBuf)} writes it.
     *
     * @return a new array that belongs to the caller
     * @throws MalformedException as for the other method
     */
    public byte[] toElementary() throws MalformedException {
        ByteBuf out = Unpooled.buffer(size);
        writeElementaryTo(out);
        return ByteBufUtil.getBytes(out);
    }

    /** A line for a person. */
    @Override
    public String toString() {
        return kind() + " " + codec() + " track " + trackId() + " at " + decodeTimeMicros + " us, shown at " + presentationTimeMicros + " us, "
                + size + " bytes, random access " + randomAccess + (decodable ? "" : ", not decodable");
    }
}
