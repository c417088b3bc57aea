package dev.millrace.rtmp.connection;

import dev.millrace.rtmp.stream.PublishOptions;
import dev.millrace.rtmp.stream.StreamName;
import dev.millrace.rtmp.stream.StreamOptions;
import dev.millrace.rtmp.stream.Takeover;
import java.util.Objects;
import java.util.Optional;

/** The host's answer to {@code publish}. */
public sealed interface PublishDecision permits PublishDecision.Accept, Reject {

    /**
     * The client may publish, if the name is free.
     *
     * @param name the name to publish under; empty for the one that was asked for. So a secret key becomes a public name
     * @param options how the name is claimed, and how the stream is kept and sent
     * @param attachment kept with the connection, see {@link RtmpConnection#attachment()}; empty to keep the one that is there
     */
    record Accept(Optional<StreamName> name, PublishOptions options, Optional<Object> attachment) implements PublishDecision {

        /** Checks for null. */
        public Accept {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(options, "options");
            Objects.requireNonNull(attachment, "attachment");
        }

        /**
         * The same under another name.
         *
         * @param other the public name
         * @return a new answer
         */
        public Accept as(StreamName other) {
            return new Accept(Optional.of(other), options, attachment);
        }

        /**
         * Returns the same answer with other options.
         *
         * @param other how the name is claimed, and how the stream is kept and sent
         * @return a new answer
         */
        public Accept with(PublishOptions other) {
            return new Accept(name, other, attachment);
        }

        /**
         * Returns the same answer with other options of the stream.
         *
         * @param other how the stream is kept and sent
         * @return a new answer
         */
        public Accept with(StreamOptions other) {
            return with(options.withOptions(other));
        }

        /**
         * Returns the same answer with another rule for a name in use.
         *
         * @param other whether the client may take the name
         * @return a new answer
         */
        public Accept with(Takeover other) {
            return with(options.withTakeover(other));
        }

        /**
         * The same with an attachment.
         *
         * @param other anything
         * @return a new answer
         */
        public Accept attach(Object other) {
            return new Accept(name, options, Optional.of(other));
        }
    }

    /**
     * Yes, under the name that was asked for, with default options, if nobody else publishes under it.
     *
     * @return an acceptance
     */
    static Accept accept() {
        return new Accept(Optional.empty(), PublishOptions.DEFAULT, Optional.empty());
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
