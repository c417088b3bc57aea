package dev.millrace.liveserver.snapshot;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.jcodec.codecs.common.biari.MDecoder;

/**
 * JCodec's CABAC decoder with an end: past the last byte, JCodec's own continues forever, and some of its
 * callers wait for a 0 that never comes. Confined to one thread.
 */
final class BoundedArithmeticDecoder extends MDecoder {

    /** A decoder reads up to two bytes ahead; JCodec asks once a bit for a byte that is not there. */
    private static final int MAX_BITS_BEHIND_END = 64;

    private final ByteBuffer data;
    private int bitsBehindEnd;
    private boolean ended;

    BoundedArithmeticDecoder(ByteBuffer data, int[][] contexts) {
        super(data, contexts);
        this.data = data;
    }

    /** Whether end_of_slice_flag was 1. */
    boolean isEnded() {
        return ended;
    }

    @Override
    public int decodeFinalBin() {
        int bin = super.decodeFinalBin();
        ended = bin == 1;
        return bin;
    }

    @Override
    protected void readOneByte() {
        // JCodec's constructor comes here too, before there are fields.
        if (data != null && !data.hasRemaining() && ++bitsBehindEnd > MAX_BITS_BEHIND_END) {
            throw new BufferUnderflowException();
        }
        super.readOneByte();
    }
}
