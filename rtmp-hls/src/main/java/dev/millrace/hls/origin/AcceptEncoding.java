package dev.millrace.hls.origin;

import java.util.Locale;
import java.util.Optional;

/** Reads {@code Accept-Encoding} (RFC 9110, 12.5.3). */
final class AcceptEncoding {

    private static final int ABSENT = -1;

    private AcceptEncoding() {}

    /** Returns true if gzip is accepted with at least the weight of no coding. A malformed weight counts as 0. */
    static boolean prefersGzip(Optional<String> header) {
        int gzip = ABSENT;
        int identity = ABSENT;
        int others = ABSENT;
        for (String element : header.orElse("").split(",")) {
            int semicolon = element.indexOf(';');
            String coding = (semicolon < 0 ? element : element.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
            int weight = semicolon < 0 ? 1_000 : thousandths(element.substring(semicolon + 1));
            switch (coding) {
                case "gzip", "x-gzip" -> gzip = Math.max(gzip, weight);
                case "identity" -> identity = weight;
                case "*" -> others = weight;
                default -> { }
            }
        }
        int wanted = gzip == ABSENT ? others : gzip;
        return wanted > 0 && wanted >= identity;
    }

    /** Parses a weight: {@code q=0.25} is 250; 0 if malformed. */
    private static int thousandths(String parameter) {
        String text = parameter.replaceAll("[ \t]", "");
        if (text.matches("[qQ]=1(\\.0{0,3})?")) {
            return 1_000;
        }
        if (!text.matches("[qQ]=0(\\.[0-9]{0,3})?")) {
            return 0;
        }
        String decimals = text.length() > 4 ? text.substring(4) : "";
        return Integer.parseInt((decimals + "000").substring(0, 3));
    }
}
