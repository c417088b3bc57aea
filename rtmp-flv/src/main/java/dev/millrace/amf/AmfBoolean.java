package dev.millrace.amf;

/**
 * A boolean, marker 01. Every byte other than 0 is read as true.
 *
 * @param value the boolean
 */
public record AmfBoolean(boolean value) implements AmfValue {

    @Override
    public String toString() {
        return LogText.of(this);
    }
}
