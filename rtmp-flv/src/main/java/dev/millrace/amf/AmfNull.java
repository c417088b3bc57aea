package dev.millrace.amf;

/** The value that says that there is none, marker 05. */
public enum AmfNull implements AmfValue {
    /** The only one. */
    INSTANCE;

    @Override
    public String toString() {
        return "null";
    }
}
