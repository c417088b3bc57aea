package dev.millrace.recording;

import dev.millrace.media.Bytes;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stores recordings in memory, which grows with them: for tests and short recordings. Thread-safe. */
public final class MemoryRecordings implements RecordingStore {

    private final List<File> files = new CopyOnWriteArrayList<>();

    /** Creates a store without files. */
    public MemoryRecordings() {}

    @Override
    public SeekableByteChannel open(int part) {
        File file = new File();
        files.add(file);
        return file;
    }

    /**
     * Returns the content of all files.
     *
     * @return in the order in which the files were opened
     */
    public List<Bytes> files() {
        return files.stream().map(File::content).toList();
    }

    /** One file. */
    private static final class File implements SeekableByteChannel {

        private byte[] bytes = new byte[4096];
        private int size;
        private int position;
        private boolean open = true;

        synchronized Bytes content() {
            return Bytes.takeOver(Arrays.copyOf(bytes, size));
        }

        @Override
        public synchronized int write(ByteBuffer source) throws ClosedChannelException {
            checkOpen();
            int count = source.remaining();
            int end = Math.addExact(position, count);
            if (end > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
            }
            source.get(bytes, position, count);
            position = end;
            size = Math.max(size, end);
            return count;
        }

        @Override
        public synchronized int read(ByteBuffer target) throws ClosedChannelException {
            checkOpen();
            if (position >= size) {
                return -1;
            }
            int count = Math.min(target.remaining(), size - position);
            target.put(bytes, position, count);
            position += count;
            return count;
        }

        @Override
        public synchronized long position() throws ClosedChannelException {
            checkOpen();
            return position;
        }

        @Override
        public synchronized SeekableByteChannel position(long newPosition) throws ClosedChannelException {
            checkOpen();
            position = Math.toIntExact(newPosition);
            return this;
        }

        @Override
        public synchronized long size() throws ClosedChannelException {
            checkOpen();
            return size;
        }

        @Override
        public synchronized SeekableByteChannel truncate(long newSize) throws ClosedChannelException {
            checkOpen();
            size = (int) Math.min(size, newSize);
            position = Math.min(position, size);
            return this;
        }

        private void checkOpen() throws ClosedChannelException {
            if (!open) {
                throw new ClosedChannelException();
            }
        }

        @Override
        public synchronized boolean isOpen() {
            return open;
        }

        @Override
        public synchronized void close() {
            open = false;
        }
    }
}
