package dev.millrace.amf;

/** A value that is its marker and nothing else. */
public enum Amf3Constant implements Amf3Value {
    /** Marker 00. */
    UNDEFINED("undefined"),
    /** Marker 01. */
    NULL("null"),
    /** Marker 02. */
    FALSE("false"),
    /** Marker 03. */
    TRUE("true");

    private final String text;

    Amf3Constant(String text) {
        this.text = text;
    }

    /**
     * A truth value.
     *
     * @param value the truth
     * @return {@link #TRUE} or {@link #FALSE}
     */
    public static Amf3Constant of(boolean value) {
        return value ? TRUE : FALSE;
    }

    @Override
    public String toString() {
        return text;
    }
}
