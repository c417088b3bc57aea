package dev.millrace.amf;

/**
 * A number, marker 05.
 *
 * @param value any double
 */
public record Amf3Double(double value) implements Amf3Value {

    @Override
    public String toString() {
        return Double.toString(value);
    }
}
