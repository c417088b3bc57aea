package dev.millrace.hls.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Does so many things, then fails: once, or for good, as if the process had ended. */
final class FailingDisk implements Disk {
    private final boolean forGood;
    private int left;

    FailingDisk(int left, boolean forGood) {
        this.left = left;
        this.forGood = forGood;
    }

    /** Whether it has failed. */
    boolean hasFailed() {
        return left < 0;
    }

    private boolean fails() {
        left--;
        return forGood ? left < 0 : left == -1;
    }

    private void step() throws IOException {
        if (fails()) {
            throw new IOException("the end");
        }
    }

    @Override
    public void makeFolder(Path made) throws IOException {
        step();
        Disk.super.makeFolder(made);
    }

    @Override
    public FileChannel create(Path file) throws IOException {
        step();
        return Disk.super.create(file);
    }

    @Override
    public void write(FileChannel out, List<ByteBuffer> bytes) throws IOException {
        if (fails()) {
            ByteBuffer first = bytes.get(0).duplicate();
            out.write(first.limit(first.limit() / 2));
            throw new IOException("the end, halfway");
        }
        Disk.super.write(out, bytes);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        step();
        Disk.super.move(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
        step();
        Disk.super.delete(file);
    }

    @Override
    public void deleteFolderIfEmpty(Path deleted) throws IOException {
        step();
        Disk.super.deleteFolderIfEmpty(deleted);
    }

    @Override
    public Map<String, Long> sizes(Path listed) throws IOException {
        step();
        return Disk.super.sizes(listed);
    }

    @Override
    public byte[] read(Path file, int maxBytes) throws IOException {
        step();
        return Disk.super.read(file, maxBytes);
    }
}
