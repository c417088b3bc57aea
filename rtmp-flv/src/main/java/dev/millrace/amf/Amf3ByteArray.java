package dev.millrace.amf;

import dev.millrace.media.Bytes;
import java.util.Objects;

/**
 * Bytes, marker 0C.
 *
 * @param bytes any number of them
 */
public record Amf3ByteArray(Bytes bytes) implements Amf3Complex {

    /** Refuses {@code null}. */
    public Amf3ByteArray {
        Objects.requireNonNull(bytes, "bytes");
    }

    @Override
    public String toString() {
        return Amf3LogText.of(this);
    }
}
