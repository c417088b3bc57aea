package dev.millrace.amf;

import java.util.Objects;

/**
 * A value in AMF3 inside an AMF0 message, marker 11.
 *
 * <p>The AMF3 values of one message share their tables: {@link Amf0Reader} resolves what one refers to in another before it, and
 * {@link Amf0Writer#writeAll} refers back the same way.
 *
 * @param value what is behind the marker; unlike an {@link AmfValue} it may contain itself
 */
public record AmfAmf3(Amf3Value value) implements AmfValue {

    /** Refuses {@code null}. */
    public AmfAmf3 {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return LogText.of(this);
    }
}
