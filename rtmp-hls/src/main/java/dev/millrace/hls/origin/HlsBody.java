package dev.millrace.hls.origin;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;

/** The content of a response. */
public sealed interface HlsBody {

    /**
     * Returns the length of the content.
     *
     * @return bytes, 0 or more
     */
    long contentLength();

    /**
     * Writes the content. Can be called more than once.
     *
     * @param out in blocking mode; stays open
     * @throws java.nio.file.NoSuchFileException if the content was in a file that is gone or shorter now. Nothing has been written then, so
     *     404 can be answered if {@code out} does not send the headers before its first write
     * @throws IOException if reading or writing fails
     */
    void writeTo(WritableByteChannel out) throws IOException;

    /**
     * No content after the headers.
     *
     * @param contentLength bytes that GET would have returned if the request was HEAD, 0 otherwise
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

        @Override
        public void writeTo(WritableByteChannel out) {}
    }

    /**
     * Content in memory. Buffers may be direct or in the heap; they never change.
     *
     * @param buffers read-only, to be written one after the other. Their positions and limits belong to this response alone and may be
     *     changed
     */
    record Bytes(List<ByteBuffer> buffers) implements HlsBody {

        /** Creates views with their own positions. */
        public Bytes {
            buffers = buffers.stream().map(ByteBuffer::asReadOnlyBuffer).toList();
        }

        /**
         * Returns the bytes that remain in the buffers.
         *
         * @return bytes, 0 or more; less once positions have been moved
         */
        @Override
        public long contentLength() {
            return buffers.stream().mapToLong(ByteBuffer::remaining).sum();
        }

        @Override
        public void writeTo(WritableByteChannel out) throws IOException {
            for (ByteBuffer buffer : buffers) {
                ByteBuffer left = buffer.duplicate();
                while (left.hasRemaining()) {
                    out.write(left);
                }
            }
        }
    }

    /**
     * Content in a file, for hosts that can send it without copying. The file may be removed at any time: hosts that do not use
     * {@link #writeTo} open it before they write the headers, and answer 404 if it is gone.
     *
     * @param file the file
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

        @Override
        public void writeTo(WritableByteChannel out) throws IOException {
            try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
                if (in.size() - position < length) {
                    throw new NoSuchFileException(file.toString(), null, "has " + in.size() + " bytes, want " + length + " at " + position);
                }
                for (long sent = 0; sent < length;) {
                    long moved = in.transferTo(position + sent, length - sent, out);
                    if (moved <= 0) {
                        throw new EOFException(file + " ends after " + (position + sent) + " bytes");
                    }
                    sent += moved;
                }
            }
        }
    }

    private static void notNegative(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " " + value + " is negative");
        }
    }
}
