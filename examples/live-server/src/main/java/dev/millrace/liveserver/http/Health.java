package dev.millrace.liveserver.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** Whether load balancers should send new clients to the server. Thread-safe. */
final class Health {

    private volatile boolean closing;

    Health() {}

    /** From now on it is not. */
    void closing() {
        closing = true;
    }

    void answer(Call call) {
        if (call.isRead()) {
            JsonAnswers.send(call, closing ? 503 : 200, JsonNodeFactory.instance.objectNode().put("status", closing ? "closing" : "up"));
        } else {
            JsonAnswers.methodNotAllowed(call, Call.READ_METHODS);
        }
    }
}
