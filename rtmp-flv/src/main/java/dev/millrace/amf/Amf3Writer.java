package dev.millrace.amf;

import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * Writes AMF3 values.
 *
 * <p>A string, traits or an {@link Amf3Complex} that was written before is written as a reference; for strings and traits the same content
 * counts, for complex values the same object. Cycles and any depth are written. A text is UTF-8; an unpaired surrogate, which UTF-8 does not
 * have, becomes a question mark.
 *
 * <p>Stateless: any thread may call it.
 *
 * @see <a href="https://veovera.org/docs/legacy/amf3-file-format-spec.pdf">Action Message Format, AMF 3, section 3</a>
 */
public final class Amf3Writer {

    private Amf3Writer() {}

    /**
     * Writes one value with its marker.
     *
     * @param value what to write
     * @param out borrowed; grows by the value
     * @throws IllegalArgumentException if a text or a container has 2<sup>28</sup> bytes or elements or more; {@code out} is then unchanged
     * @throws IllegalStateException if there is a container in it that is not built yet; {@code out} is then unchanged
     */
    public static void write(Amf3Value value, ByteBuf out) {
        writeAll(List.of(value), out);
    }

    /**
     * Writes values one after the other, with references from later ones to earlier ones.
     *
     * @param values what to write
     * @param out borrowed; grows by the values
     * @throws IllegalArgumentException as {@link #write}
     * @throws IllegalStateException as {@link #write}
     */
    public static void writeAll(List<? extends Amf3Value> values, ByteBuf out) {
        int start = out.writerIndex();
        Amf3Encoder encoder = new Amf3Encoder(out);
        try {
            values.forEach(encoder::write);
        } catch (RuntimeException refused) {
            out.writerIndex(start);
            throw refused;
        }
    }
}
