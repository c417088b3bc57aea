package dev.millrace.examples.endtoend;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The bytes of an FLV file (Adobe Flash Video File Format 10.1, annex E), to be cut and moved in time. */
public record FlvFile(byte[] bytes) {

    private static final int FILE_HEADER_BYTES = 9 + 4;
    private static final int TAG_HEADER_BYTES = 11;
    private static final int PREVIOUS_TAG_SIZE_BYTES = 4;

    public static FlvFile read(Path file) throws IOException {
        return new FlvFile(Files.readAllBytes(file));
    }

    /** The same with another time for each tag, in 32 bits. */
    public FlvFile later(long millis) {
        ByteBuffer moved = ByteBuffer.wrap(bytes.clone());
        for (int tag = FILE_HEADER_BYTES; tag < bytes.length; tag = next(tag)) {
            int time = (int) (timestampMillis(tag) + millis);
            // 24 bits and then the 8 bits above them.
            moved.putInt(tag + 4, time << 8 | time >>> 24);
        }
        return new FlvFile(moved.array());
    }

    /** Where the first tag of a time or later begins. */
    int placeOf(int millis) {
        int tag = FILE_HEADER_BYTES;
        while (timestampMillis(tag) < millis) {
            tag = next(tag);
        }
        return tag;
    }

    byte[] upTo(int end) {
        return Arrays.copyOf(bytes, end);
    }

    public byte[] from(int start) {
        return Arrays.copyOfRange(bytes, start, bytes.length);
    }

    private int timestampMillis(int tag) {
        int field = ByteBuffer.wrap(bytes).getInt(tag + 4);
        return field >>> 8 | field << 24;
    }

    private int next(int tag) {
        int size = ByteBuffer.wrap(bytes).getInt(tag) & 0xFFFFFF;
        return tag + TAG_HEADER_BYTES + size + PREVIOUS_TAG_SIZE_BYTES;
    }
}
