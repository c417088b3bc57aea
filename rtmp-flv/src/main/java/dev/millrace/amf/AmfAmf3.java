package dev.millrace.amf;

import java.util.Objects;

/**
 * A value in AMF3 inside an AMF0 message, marker 11.
 *
 * <p>The AMF3 values of one message share their tables: {@link Amf0Reader} resolves what one refers to in another before it, and
 * {@link Amf0Writer#writeAll} refers back the same way.
 *
 * @param value what is behind the marker; unlike an {@link AmfValue} it may contain itself
 */
public record AmfAmf3(Amf3Value value) implements AmfValue {

    /** Refuses {@code null}. */
    public AmfAmf3 {
        Objects.requireNonNull(value, "value");
    }

    /**
     * Says the same in AMF0, for whoever does not care which it was. What contains itself is cut off.
     *
     * @param limits depth and number of values; what is beyond is left out, or {@link AmfUnsupported}
     * @return a tree without AMF3
     */
    public AmfValue toAmf0(AmfLimits limits) {
        return new Amf3ToAmf0(limits).convert(value, 0);
    }

    @Override
    public String toString() {
        return LogText.of(this);
    }
}
