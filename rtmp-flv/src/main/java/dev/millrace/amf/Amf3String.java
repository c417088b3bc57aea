package dev.millrace.amf;

import java.util.Objects;

/**
 * A text, marker 06.
 *
 * @param value any characters, control characters and unpaired surrogates too
 */
public record Amf3String(String value) implements Amf3Value {

    /** Refuses {@code null}. */
    public Amf3String {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return Amf3LogText.of(this);
    }
}
