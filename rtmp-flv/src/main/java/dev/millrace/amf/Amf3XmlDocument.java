package dev.millrace.amf;

import java.util.Objects;

/**
 * A text that claims to be an XML document of the older class, marker 07. It is never parsed here.
 *
 * @param text as it came
 */
public record Amf3XmlDocument(String text) implements Amf3Complex {

    /** Refuses {@code null}. */
    public Amf3XmlDocument {
        Objects.requireNonNull(text, "text");
    }

    @Override
    public String toString() {
        return Amf3LogText.of(this);
    }
}
