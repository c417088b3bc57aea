package dev.millrace.hls.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The operations on files, so that a test can end the process between any two of them. Blocks. */
interface Disk {

    /** The file system. */
    Disk REAL = new Disk() {};

    default void makeFolder(Path folder) throws IOException {
        Files.createDirectories(folder);
    }

    /** Creates a file that must not exist. */
    default FileChannel create(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    default void write(FileChannel out, List<ByteBuffer> bytes) throws IOException {
        ByteBuffer[] buffers = bytes.toArray(ByteBuffer[]::new);
        for (long left = ByteBudget.sizeOf(bytes); left > 0;) {
            left -= out.write(buffers);
        }
    }

    /** Renames within a folder, replacing an existing file, as one step. */
    default void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    default void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    default void deleteFolderIfEmpty(Path folder) throws IOException {
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            // Foreign files stay.
            return;
        }
    }

    /** Returns names and sizes of the files of a folder, without folders and links; none if there is no such folder. */
    default Map<String, Long> sizes(Path folder) throws IOException {
        Map<String, Long> sizes = new TreeMap<>();
        if (Files.notExists(folder)) {
            return sizes;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                if (attributes.isRegularFile()) {
                    sizes.put(file.getFileName().toString(), attributes.size());
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return sizes;
    }

    /** Reads a file up to a number of bytes. */
    default byte[] read(Path file, int maxBytes) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(maxBytes);
        }
    }
}
