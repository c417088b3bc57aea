package dev.millrace.amf;

/**
 * A number, marker 00. AMF0 has no other numbers: counts and ids are doubles too.
 *
 * @param value any double, including NaN and the infinities, whatever it is used for
 */
public record AmfNumber(double value) implements AmfValue {

    @Override
    public String toString() {
        return LogText.of(this);
    }
}
