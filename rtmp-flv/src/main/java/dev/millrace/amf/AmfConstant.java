package dev.millrace.amf;

import java.util.Locale;

/** A value that is its marker and nothing else. */
public enum AmfConstant implements AmfValue {
    /** The null value, marker 05. */
    NULL(Amf0Marker.NULL),
    /** The undefined value, marker 06. */
    UNDEFINED(Amf0Marker.UNDEFINED),
    /** A placeholder for a value that AMF0 cannot express, marker 0D. */
    UNSUPPORTED(Amf0Marker.UNSUPPORTED);

    private final int marker;

    AmfConstant(int marker) {
        this.marker = marker;
    }

    /** The byte that the value is in AMF0. */
    int marker() {
        return marker;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
