package dev.millrace.amf;

/** The value of what was never set, marker 06. */
public enum AmfUndefined implements AmfValue {
    /** The only one. */
    INSTANCE;

    @Override
    public String toString() {
        return "undefined";
    }
}
