package dev.millrace.hls.playlist;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;

/** {@code EXT-X-PROGRAM-DATE-TIME}: ISO 8601 with milliseconds, in UTC when written (RFC 8216, 4.3.2.6). */
final class ProgramDateTime {

    private static final Instant MIN = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant MAX = Instant.parse("9999-12-31T23:59:59.999999999Z");
    private static final int NANOS_PER_MILLI = 1_000_000;

    /** Any fraction of a second, and {@code Z}, {@code +01:00}, {@code +0100} or {@code +01}. */
    private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter()
            .withResolverStyle(ResolverStyle.STRICT);

    private ProgramDateTime() {}

    /** Returns the time truncated to milliseconds; throws if its year cannot be written. */
    static Instant checked(Instant time) {
        if (time.isBefore(MIN) || time.isAfter(MAX)) {
            throw new IllegalArgumentException("programDateTime " + time + " is not in the years 0 to 9999");
        }
        return Instant.ofEpochMilli(time.toEpochMilli());
    }

    static Instant parse(String text) {
        try {
            return OffsetDateTime.parse(text, FORMAT).toInstant();
        } catch (DateTimeException malformed) {
            throw new IllegalArgumentException("EXT-X-PROGRAM-DATE-TIME " + text + ", wanted YYYY-MM-DDThh:mm:ss.SSSZ", malformed);
        }
    }

    static void write(Instant time, StringBuilder out) {
        LocalDateTime utc = LocalDateTime.ofEpochSecond(time.getEpochSecond(), time.getNano(), ZoneOffset.UTC);
        digits(utc.getYear(), 4, '-', out);
        digits(utc.getMonthValue(), 2, '-', out);
        digits(utc.getDayOfMonth(), 2, 'T', out);
        digits(utc.getHour(), 2, ':', out);
        digits(utc.getMinute(), 2, ':', out);
        digits(utc.getSecond(), 2, '.', out);
        digits(utc.getNano() / NANOS_PER_MILLI, 3, 'Z', out);
    }

    private static void digits(int value, int digits, char after, StringBuilder out) {
        Decimals.digits(value, digits, out);
        out.append(after);
    }
}
