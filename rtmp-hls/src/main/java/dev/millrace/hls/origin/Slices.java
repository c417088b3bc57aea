package dev.millrace.hls.origin;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Parts of contents in several buffers. */
final class Slices {

    private Slices() {}

    /**
     * Returns a part without copying.
     *
     * @param position first byte
     * @param length number of bytes; position and length are inside
     * @return views; the positions of the given buffers do not change
     */
    static List<ByteBuffer> of(List<ByteBuffer> buffers, long position, long length) {
        List<ByteBuffer> part = new ArrayList<>();
        long skip = position;
        long left = length;
        for (ByteBuffer buffer : buffers) {
            int available = buffer.remaining();
            if (left > 0 && skip < available) {
                int taken = (int) Math.min(available - skip, left);
                part.add(buffer.slice(buffer.position() + (int) skip, taken));
                left -= taken;
            }
            skip = Math.max(0, skip - available);
        }
        return part;
    }
}
