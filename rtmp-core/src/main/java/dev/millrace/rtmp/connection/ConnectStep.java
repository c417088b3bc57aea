package dev.millrace.rtmp.connection;

import dev.millrace.rtmp.message.Status;
import dev.millrace.rtmp.session.SessionEvent;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the host whether a client may connect. Confined to the connection's executor. */
final class ConnectStep {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectStep.class);

    private final RtmpConnection connection;
    private Optional<Question<ConnectDecision>> question = Optional.empty();
    private String app = "";

    ConnectStep(RtmpConnection connection) {
        this.connection = connection;
    }

    /** The application as the client wrote it, empty before it wrote one. */
    String app() {
        return app;
    }

    void begin(SessionEvent.ConnectRequested event) {
        app = event.app();
        ConnectRequest request = new ConnectRequest(connection, app, event.properties());
        long deadlineMillis = connection.nowMillis() + connection.limits().deadlines().decision().toMillis();
        Question.ask(() -> connection.services().access().connect(request), connection, deadlineMillis, new Question.Asker<>() {
            @Override
            public void answered(ConnectDecision decision) {
                decided(decision);
                connection.settle();
            }

            @Override
            public void failed(Throwable failure) {
                LOG.warn("The access policy failed on connect of connection {}", connection.id(), failure);
                reject(Status.CONNECT_REJECTED, "Not now.");
                connection.settle();
            }
        }, asked -> question = Optional.of(asked));
    }

    private void decided(ConnectDecision decision) {
        if (decision instanceof Reject reject) {
            reject(reject.code().orElse(Status.CONNECT_REJECTED), reject.description());
            return;
        }
        ((ConnectDecision.Accept) decision).attachment().ifPresent(connection::attach);
        connection.session().acceptConnect();
    }

    private void reject(String code, String description) {
        connection.session().rejectConnect(Status.error(code, description));
        connection.refused("connect", code, description);
    }

    /** Refuses if the host has taken too long. */
    void onTime(long nowMillis) {
        question.filter(asked -> asked.isOverdue(nowMillis)).ifPresent(asked -> {
            asked.abandon();
            reject(Status.CONNECT_REJECTED, "No answer in time.");
        });
    }

    /** Nobody wants the answer any more. */
    void abandon() {
        question.ifPresent(Question::abandon);
    }
}
