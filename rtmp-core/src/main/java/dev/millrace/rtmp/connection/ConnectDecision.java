package dev.millrace.rtmp.connection;

import java.util.Objects;
import java.util.Optional;

/** The host's answer to {@code connect}. */
public sealed interface ConnectDecision permits ConnectDecision.Accept, Reject {

    /**
     * The client may go on.
     *
     * @param attachment kept with the connection, see {@link RtmpConnection#attachment()}
     */
    record Accept(Optional<Object> attachment) implements ConnectDecision {
        /** Checks for null. */
        public Accept {
            Objects.requireNonNull(attachment, "attachment");
        }
    }

    /**
     * Yes.
     *
     * @return an acceptance
     */
    static ConnectDecision accept() {
        return new Accept(Optional.empty());
    }

    /**
     * No.
     *
     * @param description for a person at the client
     * @return a refusal with the usual code
     */
    static ConnectDecision reject(String description) {
        return new Reject(Optional.empty(), description);
    }
}
