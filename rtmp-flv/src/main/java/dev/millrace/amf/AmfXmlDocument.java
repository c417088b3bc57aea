package dev.millrace.amf;

import java.util.Objects;

/**
 * A text that claims to be an XML document, marker 0F. It is never parsed here.
 *
 * @param text as it came
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
