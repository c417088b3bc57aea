package dev.millrace.tag;

import dev.millrace.media.MalformedException;

/**
 * What the ModEx records at the start of a message change (Enhanced RTMP v2, PacketTypeModEx). Audio and video have the same records.
 *
 * <pre>
 * size - 1 (8) | if that is 255: size - 1 (16) | data (size) | ModEx type (4) next packet type (4)
 * </pre>
 *
 * @param packetType wire number of the packet type behind the records
 * @param timestampOffsetNanos 0 to 999999
 */
public record ModEx(int packetType, int timestampOffsetNanos) {

    /** Wire number of a message that goes on with a record. */
    public static final int PACKET_TYPE = 7;

    /** Records in one message. Only one type is defined, so that one is enough; the rest is for types to come. */
    private static final int MAX_RECORDS = 8;

    private static final int TIMESTAMP_OFFSET_NANO = 0;
    private static final int MAX_OFFSET_NANOS = 999_999;

    /** Reads records until the packet type is another one; none if it is another one already. */
    static ModEx read(int packetType, TagReader in) throws MalformedException {
        int nextPacketType = packetType;
        int nanos = 0;
        for (int records = 0; nextPacketType == PACKET_TYPE; records++) {
            if (records == MAX_RECORDS) {
                throw new MalformedException("more than " + MAX_RECORDS + " ModEx records");
            }
            int size = in.unsignedByte("ModEx size") + 1;
            if (size == 256) {
                size = in.unsignedShort("ModEx size") + 1;
            }
            int offset = size < 3 ? 0 : in.unsignedMedium("ModEx data");
            in.skip(size < 3 ? size : size - 3, "ModEx data");
            int types = in.unsignedByte("ModEx type");
            if (types >> 4 == TIMESTAMP_OFFSET_NANO && size >= 3) {
                nanos = Math.min(offset, MAX_OFFSET_NANOS);
            }
            nextPacketType = types & 0x0F;
        }
        return new ModEx(nextPacketType, nanos);
    }
}
