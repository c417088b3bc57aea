package dev.millrace.amf;

import java.util.Objects;

/**
 * An XML document, marker 0F. It is kept as text and never parsed.
 *
 * @param text any text
 */
public record AmfXmlDocument(String text) implements AmfValue {

    /** Refuses {@code null}. */
    public AmfXmlDocument {
        Objects.requireNonNull(text, "text");
    }

    @Override
    public String toString() {
        return LogText.of(this);
    }
}
