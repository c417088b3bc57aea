package dev.millrace.hls.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The state of one stream as a file: a line with a checksum, then the text as UTF-8. The checksum tells a file that a loss of power has cut
 * short, for no end of a process leaves one. Confined to the queue of the stream.
 */
final class StateFile {

    static final String NAME = "state";
    static final String TEMPORARY_NAME = "state.tmp";
    static final String DAMAGED_NAME = "state.damaged";

    private static final String HEADER = "millrace-hls-state 1 %08x\n";
    private static final int HEADER_BYTES = String.format(Locale.ROOT, HEADER, 0).length();

    private final Path folder;
    private final Disk disk;

    StateFile(Path folder, Disk disk) {
        this.folder = folder;
        this.disk = disk;
    }

    /** Reads the state in force: empty if the file is damaged. To be called where the file is there. */
    Optional<StoreState> read() throws IOException {
        byte[] file = disk.read(folder.resolve(NAME), HEADER_BYTES + StoreState.MAX_BYTES);
        if (file.length < HEADER_BYTES) {
            return Optional.empty();
        }
        byte[] text = Arrays.copyOfRange(file, HEADER_BYTES, file.length);
        if (!Arrays.equals(header(text), 0, HEADER_BYTES, file, 0, HEADER_BYTES)) {
            return Optional.empty();
        }
        return Optional.of(new StoreState(new String(text, StandardCharsets.UTF_8)));
    }

    /** Writes a state beside the one in force. */
    void prepare(StoreState state) throws IOException {
        byte[] text = state.text().getBytes(StandardCharsets.UTF_8);
        Path temporary = folder.resolve(TEMPORARY_NAME);
        // Left by an attempt that failed.
        disk.delete(temporary);
        try (FileChannel out = disk.create(temporary)) {
            disk.write(out, List.of(ByteBuffer.wrap(header(text)), ByteBuffer.wrap(text)));
        }
    }

    /** Brings what was prepared into force. */
    void publish() throws IOException {
        disk.move(folder.resolve(TEMPORARY_NAME), folder.resolve(NAME));
    }

    /** Puts a damaged file out of the way. */
    void setAside() throws IOException {
        disk.move(folder.resolve(NAME), folder.resolve(DAMAGED_NAME));
    }

    private static byte[] header(byte[] text) {
        CRC32 checksum = new CRC32();
        checksum.update(text);
        return String.format(Locale.ROOT, HEADER, (int) checksum.getValue()).getBytes(StandardCharsets.US_ASCII);
    }
}
