package dev.millrace.amf;

/** A placeholder for a value that AMF0 cannot express, marker 0D. */
public enum AmfUnsupported implements AmfValue {
    /** The only instance. */
    INSTANCE;

    @Override
    public String toString() {
        return "unsupported";
    }
}
