package dev.millrace.rtmp.chunk;

import io.netty.buffer.ByteBuf;

/**
 * The fields of one chunk header as they stand on the wire, filled anew for each chunk.
 *
 * <pre>
 *  basic header, 1 to 3 bytes      message header, 11, 7, 3 or 0 bytes                             4 bytes where the first field is FFFFFF
 * +--------+-----------------+  +-----------+--------+------+------------------------------+  +--------------------+
 * | format | chunk stream id |  | time or   | length | type | message stream id            |  | extended timestamp |
 * | 2 bits | 6, 14 or 22     |  | delta, 3  | 3      | 1    | 4, little-endian             |  |                    |
 * +--------+-----------------+  +-----------+--------+------+------------------------------+  +--------------------+
 *                                formats 0-2   formats 0, 1    format 0
 * </pre>
 */
final class ChunkHeader {

    private static final int[] MESSAGE_HEADER_BYTES = {11, 7, 3, 0};

    int format;
    int chunkStreamId;
    int timestampField;
    int length;
    int typeId;
    int messageStreamId;
    boolean extended;
    int extendedTimestamp;

    /**
     * Reads everything up to and with the extended timestamp of formats 0 to 2. For format 3 only the basic header is read.
     *
     * @return false if it is not all there; the reader index has moved then
     */
    boolean read(ByteBuf in) {
        if (!in.isReadable()) {
            return false;
        }
        int first = in.readUnsignedByte();
        format = first >> 6;
        chunkStreamId = first & 0x3F;
        if (chunkStreamId < 2) {
            int more = chunkStreamId + 1;
            if (in.readableBytes() < more) {
                return false;
            }
            chunkStreamId = 64 + in.readUnsignedByte() + (more == 2 ? in.readUnsignedByte() << 8 : 0);
        }
        if (in.readableBytes() < MESSAGE_HEADER_BYTES[format]) {
            return false;
        }
        if (format == 3) {
            return true;
        }
        timestampField = in.readUnsignedMedium();
        if (format < 2) {
            length = in.readUnsignedMedium();
            typeId = in.readUnsignedByte();
        }
        if (format == 0) {
            messageStreamId = in.readIntLE();
        }
        extended = timestampField == 0xFFFFFF;
        if (extended) {
            if (in.readableBytes() < 4) {
                return false;
            }
            extendedTimestamp = in.readInt();
        }
        return true;
    }

    /** The time or delta, from whichever field holds it. */
    int time() {
        return extended ? extendedTimestamp : timestampField;
    }
}
