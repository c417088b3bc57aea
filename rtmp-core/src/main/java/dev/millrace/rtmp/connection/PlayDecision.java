package dev.millrace.rtmp.connection;

import dev.millrace.rtmp.stream.StreamName;
import dev.millrace.rtmp.stream.SubscribeOptions;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** The host's answer to {@code play}. */
public sealed interface PlayDecision permits PlayDecision.Accept, Reject {

    /**
     * The client may play, if there is such a stream.
     *
     * @param name the stream to play; empty for the one that was asked for
     * @param options what to deliver
     * @param waitAtMost how long to wait for a stream that is not live yet; zero tells the client at once that there is none
     * @param attachment kept with the connection, see {@link RtmpConnection#attachment()}; empty to keep the one that is there
     */
    record Accept(Optional<StreamName> name, SubscribeOptions options, Duration waitAtMost, Optional<Object> attachment) implements PlayDecision {

        /** Checks for null. */
        public Accept {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(options, "options");
            Objects.requireNonNull(waitAtMost, "waitAtMost");
            Objects.requireNonNull(attachment, "attachment");
        }

        /**
         * The same of another stream.
         *
         * @param other its name
         * @return a new answer
         */
        public Accept of(StreamName other) {
            return new Accept(Optional.of(other), options, waitAtMost, attachment);
        }

        /**
         * The same with other options.
         *
         * @param other what to deliver
         * @return a new answer
         */
        public Accept with(SubscribeOptions other) {
            return new Accept(name, other, waitAtMost, attachment);
        }

        /**
         * The same, but waits for a stream that is not live yet.
         *
         * @param atMost how long
         * @return a new answer
         */
        public Accept waitAtMost(Duration atMost) {
            return new Accept(name, options, atMost, attachment);
        }

        /**
         * The same with an attachment.
         *
         * @param other anything
         * @return a new answer
         */
        public Accept attach(Object other) {
            return new Accept(name, options, waitAtMost, Optional.of(other));
        }
    }

    /**
     * Yes, the stream that was asked for, if it is live.
     *
     * @return an acceptance
     */
    static Accept accept() {
        return new Accept(Optional.empty(), SubscribeOptions.PLAYER, Duration.ZERO, Optional.empty());
    }

    /**
     * No.
     *
     * @param description for a person at the client
     * @return a refusal with the usual code
     */
    static PlayDecision reject(String description) {
        return new Reject(Optional.empty(), description);
    }
}
