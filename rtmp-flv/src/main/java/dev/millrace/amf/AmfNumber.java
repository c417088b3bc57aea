package dev.millrace.amf;

/**
 * A number, marker 00. All numbers of AMF0 are of this kind, also those that count or name something.
 *
 * @param value anything a double can be: not a number, infinite and negative too, whatever it is used for
 */
public record AmfNumber(double value) implements AmfValue {

    @Override
    public String toString() {
        return LogText.of(this);
    }
}
