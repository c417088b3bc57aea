package dev.millrace.flv;

import io.netty.buffer.ByteBuf;

/**
 * Writes FLV (FLV 10.1, annex E).
 *
 * <pre>
 * "FLV" 01 | flags | 00000009 | 00000000   then for each tag
 * +------+----------+-------------------+-----------+----------------+------+-------------------+
 * | type | size, u24| time, u24, low    | time, u8, | stream id, u24,| body | 11 + size, u32    |
 * |      |          |                   | high      | always 0       |      |                   |
 * +------+----------+-------------------+-----------+----------------+------+-------------------+
 * </pre>
 *
 * <p>Keeps nothing between calls.
 */
public final class FlvWriter {

    /** Bytes of the file header, with the first back pointer. */
    public static final int HEADER_BYTES = 13;

    static final int TAG_HEADER_BYTES = 11;
    static final int BACK_POINTER_BYTES = 4;

    private FlvWriter() {}

    /**
     * Writes the file header and the back pointer of the tag that is not there.
     *
     * @param header what the flags say
     * @param out grows by {@link #HEADER_BYTES}
     */
    public static void write(FlvHeader header, ByteBuf out) {
        out.writeMedium(FlvHeader.SIGNATURE);
        out.writeByte(1);
        out.writeByte((header.hasAudio() ? FlvHeader.AUDIO_FLAG : 0) | (header.hasVideo() ? FlvHeader.VIDEO_FLAG : 0));
        out.writeInt(FlvHeader.BYTES);
        out.writeInt(0);
    }

    /**
     * Writes one tag with its back pointer.
     *
     * @param tag what to write
     * @param out grows by 15 bytes and the body
     */
    public static void write(FlvTag tag, ByteBuf out) {
        int size = tag.body().size();
        out.writeByte(tag.typeId());
        out.writeMedium(size);
        out.writeMedium(tag.timestampMillis());
        out.writeByte(tag.timestampMillis() >>> 24);
        out.writeMedium(0); // stream id
        tag.body().writeTo(out);
        out.writeInt(TAG_HEADER_BYTES + size);
    }
}
