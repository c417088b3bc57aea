package dev.millrace.amf;

import java.util.Objects;

/**
 * A text that claims to be XML, marker 0B. It is never parsed here.
 *
 * @param text as it came
 */
public record Amf3Xml(String text) implements Amf3Complex {

    /** Refuses {@code null}. */
    public Amf3Xml {
        Objects.requireNonNull(text, "text");
    }

    @Override
    public String toString() {
        return Amf3LogText.of(this);
    }
}
