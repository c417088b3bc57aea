package dev.millrace.amf;

/**
 * A point in time, marker 0B.
 *
 * @param epochMillis milliseconds since 1970-01-01T00:00Z; any double
 * @param timeZoneMinutes the sender's offset from UTC, -32768 to 32767; AMF0 requires 0, but FLV files have other
 *     values
 */
public record AmfDate(double epochMillis, int timeZoneMinutes) implements AmfValue {

    /**
     * Checks the offset.
     *
     * @throws IllegalArgumentException if {@code timeZoneMinutes} does not fit 16 bits
     */
    public AmfDate {
        if (timeZoneMinutes != (short) timeZoneMinutes) {
            throw new IllegalArgumentException("timeZoneMinutes " + timeZoneMinutes + " is not -32768 to 32767");
        }
    }

    @Override
    public String toString() {
        return LogText.of(this);
    }
}
