package dev.millrace.amf;

import java.util.IdentityHashMap;
import java.util.Map;

/** An AMF3 value as one line for a log. What was printed before is a reference to it: the number counts complex values, from 0. */
final class Amf3LogText {

    /** Containers one inside the other that are printed. */
    private static final int MAX_LEVELS = 32;

    private final LogText out;
    private final Map<Amf3Complex, Integer> printed = new IdentityHashMap<>();
    private int level;

    private Amf3LogText(LogText out) {
        this.out = out;
    }

    static String of(Amf3Value value) {
        LogText out = new LogText();
        appendTo(out, value);
        return out.finish();
    }

    static void appendTo(LogText out, Amf3Value value) {
        new Amf3LogText(out).append(value);
    }

    private void append(Amf3Value value) {
        if (value instanceof Amf3String string) {
            out.appendQuoted(string.value());
        } else if (value instanceof Amf3Complex complex) {
            appendComplex(complex);
        } else {
            out.append(value.toString()); // numbers and constants are short
        }
    }

    private void appendComplex(Amf3Complex value) {
        Integer index = printed.putIfAbsent(value, printed.size());
        if (index != null) {
            out.append("reference(" + index + ")");
        } else if (value instanceof Amf3XmlDocument xml) {
            out.append("xmlDocument").appendQuoted(xml.text());
        } else if (value instanceof Amf3Xml xml) {
            out.append("xml").appendQuoted(xml.text());
        } else if (value instanceof Amf3Date date) {
            out.append("date(" + date.epochMillis() + ")");
        } else if (value instanceof Amf3ByteArray array) {
            out.append("bytes(" + array.bytes().size() + ")");
        } else if (value instanceof Amf3NumberVector vector) {
            appendNumbers(vector);
        } else if (value instanceof Amf3Container container) {
            appendContainer(container);
        }
    }

    private void appendNumbers(Amf3NumberVector vector) {
        boolean whole = vector.kind() != Amf3NumberVector.Kind.DOUBLE;
        out.append(whole ? vector.kind() == Amf3NumberVector.Kind.INT ? "int[" : "uint[" : "double[");
        for (int i = 0; i < vector.size() && !out.isFull(); i++) {
            double value = vector.valueAt(i);
            out.append(i == 0 ? "" : ", ").append(whole ? Long.toString((long) value) : Double.toString(value));
        }
        out.append("]");
    }

    private void appendContainer(Amf3Container container) {
        if (!container.isBuilt()) {
            out.append("unbuilt");
            return;
        }
        if (level == MAX_LEVELS) {
            out.append("...");
            return;
        }
        level++;
        if (container instanceof Amf3Array array) {
            appendArray(array);
        } else if (container instanceof Amf3Object object) {
            appendObject(object);
        } else if (container instanceof Amf3ObjectVector vector) {
            appendVector(vector);
        } else if (container instanceof Amf3Dictionary dictionary) {
            appendDictionary(dictionary);
        }
        level--;
    }

    private void appendArray(Amf3Array array) {
        out.append("[");
        String separator = appendMembers(array.associative(), "");
        for (Amf3Value element : array.dense()) {
            separator = appendElement(element, separator);
            if (out.isFull()) {
                return;
            }
        }
        out.append("]");
    }

    private void appendObject(Amf3Object object) {
        Amf3Traits traits = object.traits();
        if (!traits.className().isEmpty()) {
            out.appendQuoted(traits.className());
        }
        out.append("{");
        String separator = "";
        for (int i = 0; i < object.sealedValues().size() && !out.isFull(); i++) {
            out.append(separator).appendQuoted(traits.sealedNames().get(i)).append(": ");
            separator = appendElement(object.sealedValues().get(i), "");
        }
        appendMembers(object.dynamicMembers(), separator);
        out.append("}");
    }

    private void appendVector(Amf3ObjectVector vector) {
        out.append("vector").appendQuoted(vector.typeName()).append("[");
        String separator = "";
        for (Amf3Value element : vector.values()) {
            separator = appendElement(element, separator);
            if (out.isFull()) {
                return;
            }
        }
        out.append("]");
    }

    private void appendDictionary(Amf3Dictionary dictionary) {
        out.append("dictionary{");
        String separator = "";
        for (Amf3Dictionary.Entry entry : dictionary.entries()) {
            appendElement(entry.key(), separator);
            separator = appendElement(entry.value(), ": ");
            if (out.isFull()) {
                return;
            }
        }
        out.append("}");
    }

    /** Returns what separates the next member. */
    private String appendMembers(Map<String, Amf3Value> members, String first) {
        String separator = first;
        for (Map.Entry<String, Amf3Value> member : members.entrySet()) {
            if (out.isFull()) {
                return separator;
            }
            out.append(separator).appendQuoted(member.getKey()).append(": ");
            separator = appendElement(member.getValue(), "");
        }
        return separator;
    }

    private String appendElement(Amf3Value element, String separator) {
        out.append(separator);
        append(element);
        return ", ";
    }
}
