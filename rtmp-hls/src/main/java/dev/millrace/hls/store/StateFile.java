package dev.millrace.hls.store;

import dev.millrace.media.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The encoded state of one stream as a file. A process that ends leaves a whole file; the checksum detects one that a loss of power has cut
 * short. Confined to the queue of the stream.
 */
final class StateFile {

    static final String NAME = "state";
    static final String TEMPORARY_NAME = "state.tmp";
    static final String DAMAGED_NAME = "state.damaged";

    private final Path folder;
    private final Disk disk;

    StateFile(Path folder, Disk disk) {
        this.folder = folder;
        this.disk = disk;
    }

    /** Reads the state in force: empty if the file is damaged. The file must be there. */
    Optional<StoreState> read() throws IOException {
        return StoreState.decode(Bytes.takeOver(disk.read(folder.resolve(NAME), StoreState.MAX_ENCODED_BYTES + 1)));
    }

    /** Writes a state beside the one in force. */
    void prepare(StoreState state) throws IOException {
        Path temporary = folder.resolve(TEMPORARY_NAME);
        // Left by an attempt that failed.
        disk.delete(temporary);
        try (FileChannel out = disk.create(temporary)) {
            disk.write(out, List.of(ByteBuffer.wrap(state.encode().toByteArray())));
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
}
