package dev.millrace.amf;

/** The undefined value, marker 06. */
public enum AmfUndefined implements AmfValue {
    /** The only instance. */
    INSTANCE;

    @Override
    public String toString() {
        return "undefined";
    }
}
