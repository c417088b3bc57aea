package dev.millrace.amf;

/** What stands for a value that the sender could not express in AMF0, marker 0D. */
public enum AmfUnsupported implements AmfValue {
    /** The only one. */
    INSTANCE;

    @Override
    public String toString() {
        return "unsupported";
    }
}
