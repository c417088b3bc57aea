package dev.millrace.rtmp.connection;

import dev.millrace.rtmp.message.Status;
import dev.millrace.rtmp.session.SessionEvent;
import java.util.Optional;

/** The connect command of a client, and the host's decision on it. Confined to the connection's executor. */
final class ConnectStep {

    private final ConnectionContext context;
    private Optional<Decision<ConnectDecision>> decision = Optional.empty();
    private String app = "";

    ConnectStep(ConnectionContext context) {
        this.context = context;
    }

    /** The application as the client wrote it, empty before it wrote one. */
    String app() {
        return app;
    }

    void begin(SessionEvent.ConnectRequested event) {
        app = event.app();
        ConnectRequest request = new ConnectRequest(context.connection(), app, event.properties());
        Decision<ConnectDecision> asked =
                new Decision<>(context, "connect", Status.CONNECT_REJECTED, context.session()::rejectConnect);
        decision = Optional.of(asked);
        asked.askPolicy(() -> context.services().access().connect(request), this::accepted);
    }

    private void accepted(ConnectDecision answer) {
        ((ConnectDecision.Accept) answer).attachment().ifPresent(context::attach);
        context.session().acceptConnect();
    }

    /** Refuses if the host has taken too long. */
    void onTime(long nowMillis) {
        decision.ifPresent(asked -> asked.onTime(nowMillis));
    }

    void abandon() {
        decision.ifPresent(Decision::abandon);
    }
}
