package dev.millrace.liveserver.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** As much of JSON Schema as the description of the API uses, read strictly: what is not described is an error. */
final class JsonSchema {

    private final JsonNode document;
    private final Set<String> met = new HashSet<>();

    /**
     * Makes a checker.
     *
     * @param document where references lead
     */
    JsonSchema(JsonNode document) {
        this.document = document;
    }

    /** What is wrong with a value, with the place in front. */
    List<String> errors(JsonNode schema, JsonNode value) {
        List<String> errors = new ArrayList<>();
        check("$", schema, value, errors);
        return errors;
    }

    /** The properties that were met so far, each with the name of its schema in front. */
    Set<String> met() {
        return met;
    }

    private void check(String place, JsonNode schema, JsonNode value, List<String> errors) {
        if (schema.has("$ref")) {
            String reference = schema.get("$ref").asText();
            checkType(place, document.at(reference.substring(1)), value, errors, reference.substring(reference.lastIndexOf('/') + 1));
        } else {
            checkType(place, schema, value, errors, place);
        }
    }

    private void checkType(String place, JsonNode schema, JsonNode value, List<String> errors, String name) {
        String type = schema.path("type").asText();
        boolean fits = switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            default -> false;
        };
        if (!fits) {
            errors.add(place + " is " + value + ", not of type '" + type + "'");
        } else if (type.equals("object")) {
            checkObject(place, schema, value, errors, name);
        } else if (type.equals("array")) {
            value.forEach(item -> check(place + "[]", schema.get("items"), item, errors));
        } else if (schema.has("enum") && !contains(schema.get("enum"), value)) {
            errors.add(place + " is " + value + ", not one of " + schema.get("enum"));
        }
    }

    private void checkObject(String place, JsonNode schema, JsonNode value, List<String> errors, String name) {
        schema.path("required").forEach(required -> {
            if (!value.has(required.asText())) {
                errors.add(place + " lacks " + required);
            }
        });
        value.properties().forEach(field -> {
            JsonNode property = schema.path("properties").path(field.getKey());
            if (property.isMissingNode()) {
                errors.add(place + " has " + field.getKey() + ", which is not described");
            } else {
                met.add(name + "." + field.getKey());
                check(place + "." + field.getKey(), property, field.getValue(), errors);
            }
        });
    }

    private static boolean contains(JsonNode list, JsonNode value) {
        for (JsonNode item : list) {
            if (item.equals(value)) {
                return true;
            }
        }
        return false;
    }
}
