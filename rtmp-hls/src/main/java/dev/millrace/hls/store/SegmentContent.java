package dev.millrace.hls.store;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The bytes of a committed segment, or where they are. They never change. */
public sealed interface SegmentContent {

    /**
     * Length of the segment.
     *
     * @return bytes, 0 or more
     */
    long size();

    /**
     * A segment in memory. Thread-safe; stays valid when the segment is deleted from its store.
     *
     * @param chunks the bytes in order; each call of the accessor gives new read-only buffers over the same bytes, so that positions are
     *     nobody else's
     */
    record InMemory(List<ByteBuffer> chunks) implements SegmentContent {

        /**
         * Takes the buffers over.
         *
         * @throws NullPointerException if the list or a buffer is null
         */
        public InMemory {
            chunks = readOnly(chunks);
        }

        /**
         * The bytes.
         *
         * @return in order; new read-only buffers at each call
         */
        @Override
        public List<ByteBuffer> chunks() {
            return readOnly(chunks);
        }

        @Override
        public long size() {
            return ByteBudget.sizeOf(chunks);
        }

        private static List<ByteBuffer> readOnly(List<ByteBuffer> buffers) {
            return buffers.stream().map(ByteBuffer::asReadOnlyBuffer).toList();
        }
    }

    /**
     * A segment that is a whole file. The file may be deleted at any time: where it cannot be opened any more, the segment is no longer
     * there.
     *
     * @param file the file; to be read only
     * @param size bytes, 0 or more
     */
    record InFile(Path file, long size) implements SegmentContent {

        /**
         * Checks the values.
         *
         * @throws IllegalArgumentException if {@code size} is negative
         */
        public InFile {
            Objects.requireNonNull(file, "file");
            if (size < 0) {
                throw new IllegalArgumentException("size " + size + " is not 0 or more");
            }
        }
    }
}
