package dev.millrace.hls.playlist;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Attributes behind a tag (RFC 8216, 4.2). Immutable; throws {@link IllegalArgumentException} with what was wanted. */
final class AttributeList {

    /** Twice what any tag has. */
    private static final int MAX_ATTRIBUTES = 64;

    private final Map<String, String> values;

    private AttributeList(Map<String, String> values) {
        this.values = values;
    }

    static AttributeList parse(String text) {
        Map<String, String> values = new HashMap<>();
        int next = 0;
        while (next < text.length()) {
            int equals = text.indexOf('=', next);
            String name = equals < 0 ? text.substring(next) : text.substring(next, equals);
            if (equals < 0 || !isName(name)) {
                throw new IllegalArgumentException("attribute " + name + ", wanted a name of A to Z, 0 to 9 and -, and =");
            }
            int end = valueEnd(text, equals + 1);
            if (values.put(name, text.substring(equals + 1, end)) != null) {
                throw new IllegalArgumentException("attribute " + name + " twice, wanted once");
            }
            Checks.range("number of attributes", values.size(), 1, MAX_ATTRIBUTES);
            if (end == text.length() - 1) {
                throw new IllegalArgumentException("comma at the end of the attributes, wanted one more");
            }
            next = end + 1;
        }
        return new AttributeList(values);
    }

    private static boolean isName(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-');
    }

    /** Returns the index of the comma after a value, or of the end. */
    private static int valueEnd(String text, int from) {
        boolean isQuoted = text.startsWith("\"", from);
        int closing = isQuoted ? text.indexOf('"', from + 1) : from - 1;
        if (isQuoted && closing < 0) {
            throw new IllegalArgumentException("value " + text.substring(from) + ", wanted a quote at its end");
        }
        int comma = text.indexOf(',', closing + 1);
        int end = comma < 0 ? text.length() : comma;
        if (isQuoted && end != closing + 1) {
            throw new IllegalArgumentException("value " + text.substring(from, end) + ", wanted a comma after the quote");
        }
        if (end == from) {
            throw new IllegalArgumentException("attribute without value, wanted one");
        }
        return end;
    }

    /** Returns a value without quotes: a number, a name, a resolution. */
    Optional<String> plain(String name) {
        Optional<String> value = Optional.ofNullable(values.get(name));
        value.filter(text -> text.indexOf('"') >= 0).ifPresent(text -> {
            throw new IllegalArgumentException(name + " " + text + ", wanted a value without quotes");
        });
        return value;
    }

    /** Returns a quoted value without its quotes. */
    Optional<String> quoted(String name) {
        return Optional.ofNullable(values.get(name)).map(text -> {
            if (text.charAt(0) != '"') {
                throw new IllegalArgumentException(name + " " + text + ", wanted a value in quotes");
            }
            return text.substring(1, text.length() - 1);
        });
    }

    static IllegalArgumentException missing(String name) {
        return new IllegalArgumentException("no attribute " + name + ", wanted one");
    }
}
