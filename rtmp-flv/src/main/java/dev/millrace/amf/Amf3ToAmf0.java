package dev.millrace.amf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Says in AMF0 what a value in AMF3 says. A tree is made of what may be shared or contain itself, so depth and number of values are bounded; what is
 * beyond, and what AMF0 has nothing for, becomes {@link AmfUnsupported}. Used once.
 */
final class Amf3ToAmf0 {

    private final AmfLimits limits;
    private int values;

    Amf3ToAmf0(AmfLimits limits) {
        this.limits = limits;
    }

    AmfValue convert(Amf3Value value, int depth) {
        values++;
        if (values > limits.maxValues() || depth >= limits.maxDepth()) {
            return AmfUnsupported.INSTANCE;
        }
        if (value instanceof Amf3Constant constant) {
            return constant(constant);
        } else if (value instanceof Amf3Integer number) {
            return new AmfNumber(number.value());
        } else if (value instanceof Amf3Double number) {
            return new AmfNumber(number.value());
        } else if (value instanceof Amf3String text) {
            return new AmfString(text.value());
        } else if (value instanceof Amf3Date date) {
            return new AmfDate(date.epochMillis(), 0);
        } else if (value instanceof Amf3Xml xml) {
            return new AmfXmlDocument(xml.text());
        } else if (value instanceof Amf3XmlDocument xml) {
            return new AmfXmlDocument(xml.text());
        } else if (value instanceof Amf3Array array) {
            return array(array, depth);
        } else if (value instanceof Amf3Object object) {
            return object(object, depth);
        } else if (value instanceof Amf3ObjectVector vector) {
            return new AmfStrictArray(convert(vector.values(), depth));
        } else if (value instanceof Amf3NumberVector vector) {
            return numbers(vector);
        }
        return AmfUnsupported.INSTANCE; // byte arrays and dictionaries
    }

    private static AmfValue constant(Amf3Constant constant) {
        return switch (constant) {
            case UNDEFINED -> AmfUndefined.INSTANCE;
            case NULL -> AmfNull.INSTANCE;
            case FALSE -> new AmfBoolean(false);
            case TRUE -> new AmfBoolean(true);
        };
    }

    private AmfValue array(Amf3Array array, int depth) {
        if (array.associative().isEmpty()) {
            return new AmfStrictArray(convert(array.dense(), depth));
        }
        Map<String, AmfValue> properties = convert(array.associative(), depth);
        List<AmfValue> dense = convert(array.dense(), depth);
        for (int i = 0; i < dense.size(); i++) {
            properties.put(String.valueOf(i), dense.get(i));
        }
        return AmfEcmaArray.of(properties);
    }

    private AmfValue object(Amf3Object object, int depth) {
        Map<String, Amf3Value> members = new LinkedHashMap<>();
        for (int i = 0; i < object.sealedValues().size(); i++) {
            members.put(object.traits().sealedNames().get(i), object.sealedValues().get(i));
        }
        members.putAll(object.dynamicMembers());
        Map<String, AmfValue> properties = convert(members, depth);
        String className = object.traits().className();
        return className.isEmpty() ? AmfObject.of(properties) : AmfTypedObject.of(className, properties);
    }

    private AmfValue numbers(Amf3NumberVector vector) {
        List<AmfValue> numbers = new ArrayList<>();
        for (int i = 0; i < vector.size() && values < limits.maxValues(); i++) {
            numbers.add(new AmfNumber(vector.valueAt(i)));
            values++;
        }
        return new AmfStrictArray(numbers);
    }

    private List<AmfValue> convert(List<Amf3Value> from, int depth) {
        List<AmfValue> converted = new ArrayList<>();
        for (Amf3Value value : from) {
            if (values >= limits.maxValues()) {
                return converted;
            }
            converted.add(convert(value, depth + 1));
        }
        return converted;
    }

    private Map<String, AmfValue> convert(Map<String, Amf3Value> from, int depth) {
        Map<String, AmfValue> converted = new LinkedHashMap<>();
        for (Map.Entry<String, Amf3Value> member : from.entrySet()) {
            if (values >= limits.maxValues()) {
                return converted;
            }
            converted.put(member.getKey(), convert(member.getValue(), depth + 1));
        }
        return converted;
    }
}
