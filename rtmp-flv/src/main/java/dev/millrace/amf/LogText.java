package dev.millrace.amf;

import java.util.Map;

/**
 * Formats a value as one line for a log: short, and without control characters, line breaks or characters that change
 * the direction of the text.
 */
final class LogText {

    /** The length at which the text is cut: enough for a whole command, short enough to read in a log. */
    static final int MAX_CHARS = 2048;

    private final StringBuilder out = new StringBuilder();

    private LogText() {}

    static String of(AmfValue value) {
        LogText text = new LogText();
        text.append(value);
        return text.cut();
    }

    private String cut() {
        if (isFull()) {
            boolean splitsPair = Character.isHighSurrogate(out.charAt(MAX_CHARS - 1));
            out.setLength(splitsPair ? MAX_CHARS - 1 : MAX_CHARS);
            out.append("...");
        }
        return out.toString();
    }

    /** Whether the text has reached its limit, so that more would be cut. */
    private boolean isFull() {
        return out.length() > MAX_CHARS;
    }

    private void append(AmfValue value) {
        if (value instanceof AmfNumber number) {
            out.append(number.value());
        } else if (value instanceof AmfBoolean bool) {
            out.append(bool.value());
        } else if (value instanceof AmfString string) {
            appendQuoted(string.value());
        } else if (value instanceof AmfXmlDocument xml) {
            out.append("xml");
            appendQuoted(xml.text());
        } else if (value instanceof AmfDate date) {
            out.append("date(").append(date.epochMillis()).append(' ').append(date.timeZoneMinutes()).append(')');
        } else if (value instanceof AmfReference reference) {
            out.append("reference(").append(reference.index()).append(')');
        } else if (value instanceof AmfStrictArray array) {
            appendElements(array);
        } else if (value instanceof AmfProperties properties) {
            appendProperties(properties);
        } else {
            out.append(value); // a constant is its name
        }
    }

    private void appendElements(AmfStrictArray array) {
        String separator = "[";
        for (AmfValue element : array.values()) {
            if (isFull()) {
                return;
            }
            out.append(separator);
            append(element);
            separator = ", ";
        }
        out.append(array.values().isEmpty() ? "[]" : "]");
    }

    private void appendProperties(AmfProperties value) {
        if (value instanceof AmfEcmaArray) {
            out.append("ecma");
        } else if (value instanceof AmfTypedObject typed) {
            appendQuoted(typed.className());
        }
        String separator = "{";
        for (Map.Entry<String, AmfValue> property : value.properties().entrySet()) {
            if (isFull()) {
                return;
            }
            out.append(separator);
            appendQuoted(property.getKey());
            out.append(": ");
            append(property.getValue());
            separator = ", ";
        }
        out.append(value.properties().isEmpty() ? "{}" : "}");
    }

    /** Appends a text in quotes, up to the limit, with escapes for characters that a log must not have. */
    private void appendQuoted(String text) {
        out.append('"');
        for (int i = 0; i < text.length() && !isFull(); ) {
            int codePoint = text.codePointAt(i);
            i += Character.charCount(codePoint);
            if (codePoint == '"' || codePoint == '\\') {
                out.append('\\').append((char) codePoint);
            } else if (isPlain(codePoint)) {
                out.appendCodePoint(codePoint);
            } else {
                out.append(String.format("\\u{%x}", codePoint));
            }
        }
        out.append('"');
    }

    private static boolean isPlain(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
