package dev.millrace.hls.store;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The bytes of a committed object, or their place. They never change. */
public sealed interface SegmentContent {

    /**
     * Returns the length of the object.
     *
     * @return bytes, 0 or more
     */
    long size();

    /**
     * An object in memory. Thread-safe; stays valid when the object is deleted from its store.
     *
     * @param chunks the bytes in order; each call of the accessor returns new read-only buffers over the same bytes, so that each caller
     *     has its own positions
     */
    record InMemory(List<ByteBuffer> chunks) implements SegmentContent {

        /**
         * Takes ownership of the buffers.
         *
         * @throws NullPointerException if the list or a buffer is null
         */
        public InMemory {
            chunks = readOnly(chunks);
        }

        /**
         * Returns the bytes.
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
     * An object that is a whole file. The file may be deleted at any time: if it cannot be opened any more, the object no longer exists.
     *
     * @param file the file; must not be changed
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
