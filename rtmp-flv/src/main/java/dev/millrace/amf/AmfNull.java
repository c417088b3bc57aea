package dev.millrace.amf;

/** The null value, marker 05. */
public enum AmfNull implements AmfValue {
    /** The only instance. */
    INSTANCE;

    @Override
    public String toString() {
        return "null";
    }
}
