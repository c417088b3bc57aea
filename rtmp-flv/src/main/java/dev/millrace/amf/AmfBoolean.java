package dev.millrace.amf;

/**
 * A truth value, marker 01. Any byte but 0 is read as true.
 *
 * @param value the truth
 */
public record AmfBoolean(boolean value) implements AmfValue {

    @Override
    public String toString() {
        return LogText.of(this);
    }
}
