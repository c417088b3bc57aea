package dev.millrace.rtmp.connection;

import dev.millrace.rtmp.stream.StreamName;
import dev.millrace.rtmp.stream.StreamOptions;
import java.util.Objects;
import java.util.Optional;

/** The host's answer to {@code publish}. */
public sealed interface PublishDecision permits PublishDecision.Accept, Reject {

    /**
     * The client may publish, if the name is free.
     *
     * @param name the name to publish under; empty for the one that was asked for. So a secret key becomes a public name
     * @param options how the stream is kept and sent
     * @param takeover what happens if the name is in use
     * @param attachment kept with the connection, see {@link RtmpConnection#attachment()}; empty to keep the one that is there
     */
    record Accept(Optional<StreamName> name, StreamOptions options, Takeover takeover, Optional<Object> attachment) implements PublishDecision {

        /** Checks for null. */
        public Accept {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(options, "options");
            Objects.requireNonNull(takeover, "takeover");
            Objects.requireNonNull(attachment, "attachment");
        }

        /**
         * The same under another name.
         *
         * @param other the public name
         * @return a new answer
         */
        public Accept as(StreamName other) {
            return new Accept(Optional.of(other), options, takeover, attachment);
        }

        /**
         * The same with other options.
         *
         * @param other options
         * @return a new answer
         */
        public Accept with(StreamOptions other) {
            return new Accept(name, other, takeover, attachment);
        }

        /**
         * The same with another rule for a name in use.
         *
         * @param other rule
         * @return a new answer
         */
        public Accept with(Takeover other) {
            return new Accept(name, options, other, attachment);
        }

        /**
         * The same with an attachment.
         *
         * @param other anything
         * @return a new answer
         */
        public Accept attach(Object other) {
            return new Accept(name, options, takeover, Optional.of(other));
        }
    }

    /**
     * Yes, under the name that was asked for, with default options, if nobody else publishes under it.
     *
     * @return an acceptance
     */
    static Accept accept() {
        return new Accept(Optional.empty(), StreamOptions.DEFAULT, Takeover.NEVER, Optional.empty());
    }

    /**
     * No.
     *
     * @param description for a person at the client
     * @return a refusal with the usual code
     */
    static PublishDecision reject(String description) {
        return new Reject(Optional.empty(), description);
    }
}
