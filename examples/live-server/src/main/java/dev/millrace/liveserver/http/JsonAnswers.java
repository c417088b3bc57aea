package dev.millrace.liveserver.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.UncheckedIOException;
import org.eclipse.jetty.http.HttpHeader;

/** Responses in JSON. Errors are {@code {"error":"..."}} and contain nothing that a client sent. */
final class JsonAnswers {

    static final String JSON = "application/json";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonAnswers() {}

    static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void send(Call call, int status, JsonNode body) {
        call.set(HttpHeader.CACHE_CONTROL, "no-store");
        call.send(status, JSON, bytes(body));
    }

    static void error(Call call, int status, String message) {
        send(call, status, JsonNodeFactory.instance.objectNode().put("error", message));
    }

    static void notFound(Call call) {
        error(call, 404, "not found");
    }

    static void badRequest(Call call, BadRequestException e) {
        error(call, 400, e.getMessage());
    }

    static void methodNotAllowed(Call call, String allow) {
        call.set(HttpHeader.ALLOW, allow);
        error(call, 405, "method not allowed");
    }

    static void unavailable(Call call, String reason, int retrySeconds) {
        call.response().getHeaders().put(HttpHeader.RETRY_AFTER, retrySeconds);
        error(call, 503, reason);
    }
}
