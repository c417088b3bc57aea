package dev.millrace.rtmp.connection;

import java.util.Objects;
import java.util.Optional;

/**
 * The answer no, to any request. The client is told and the connection is closed.
 *
 * @param code a code of {@link dev.millrace.rtmp.message.Status}; empty for the usual one of the request
 * @param description for a person at the client; never a secret
 */
public record Reject(Optional<String> code, String description) implements ConnectDecision, PublishDecision, PlayDecision {

    /** Checks for null. */
    public Reject {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(description, "description");
    }
}
