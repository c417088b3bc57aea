package dev.millrace.hls.origin;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The content of a response. */
public sealed interface HlsBody {

    /**
     * How long the content is.
     *
     * @return bytes, 0 or more
     */
    long contentLength();

    /**
     * Nothing is written after the headers.
     *
     * @param contentLength bytes that GET would have given where the request was HEAD, 0 otherwise
     */
    record Empty(long contentLength) implements HlsBody {

        /**
         * Checks the length.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Empty {
            notNegative("contentLength", contentLength);
        }
    }

    /**
     * Content in memory. Buffers may be direct or in the heap; they never change.
     *
     * @param buffers read-only, to be written one after the other. Their positions and limits belong to this response alone: whoever writes
     *     it may move them
     */
    record Bytes(List<ByteBuffer> buffers) implements HlsBody {

        /** Takes views with positions of their own. */
        public Bytes {
            buffers = buffers.stream().map(ByteBuffer::asReadOnlyBuffer).toList();
        }

        /**
         * What remains in the buffers.
         *
         * @return bytes, 0 or more; less once positions have been moved
         */
        @Override
        public long contentLength() {
            return buffers.stream().mapToLong(ByteBuffer::remaining).sum();
        }
    }

    /**
     * Content in a file, for hosts that can send it without copying. The file may be removed at any time: it is to be opened before the
     * headers are written, and 404 to be answered if it is gone.
     *
     * @param file where the content is
     * @param position first byte, 0 or more
     * @param length number of bytes, 0 or more
     */
    record FileRegion(Path file, long position, long length) implements HlsBody {

        /**
         * Checks the region.
         *
         * @throws IllegalArgumentException if the position or the length is negative
         */
        public FileRegion {
            Objects.requireNonNull(file, "file");
            notNegative("position", position);
            notNegative("length", length);
        }

        @Override
        public long contentLength() {
            return length;
        }
    }

    private static void notNegative(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " " + value + " is negative");
        }
    }
}
