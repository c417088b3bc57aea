package dev.millrace.amf;

/**
 * A moment, marker 08.
 *
 * @param epochMillis milliseconds since 1970-01-01T00:00Z; any double
 */
public record Amf3Date(double epochMillis) implements Amf3Complex {

    @Override
    public String toString() {
        return Amf3LogText.of(this);
    }
}
