package dev.millrace.amf;

import java.util.Objects;

/**
 * A text, marker 02, or 0C if it has more than 65535 bytes in UTF-8; the writer chooses.
 *
 * @param value any characters, including control characters and unpaired surrogates
 */
public record AmfString(String value) implements AmfValue {

    /** Refuses {@code null}. */
    public AmfString {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return LogText.of(this);
    }
}
