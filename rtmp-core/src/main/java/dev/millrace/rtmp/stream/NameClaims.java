package dev.millrace.rtmp.stream;

import dev.millrace.media.EndReason;
import java.util.concurrent.CompletionStage;

/**
 * Claims of stream names that are shared by many processes, such as rows of a database or keys of a coordination
 * service.
 *
 * <p>A host implements it, and {@link StreamRegistry#claiming} does the rest: it claims a name before it publishes, and
 * releases it when the stream is over. Implementations are thread-safe, do not block, and may complete their stages on
 * any thread. A claim of a process that dies must come to an end by itself, for instance by a lease.
 */
@FunctionalInterface
public interface NameClaims {

    /**
     * Claims a name for a publisher of this process.
     *
     * <p>Not called for a name that this process holds: see {@link Claim#transfer()}. A claim that is granted is
     * released or transferred once.
     *
     * @param name the name
     * @return completes with the claim; fails with {@link StreamBusyException} and a reason if the name is claimed, and
     *     with another exception if that cannot be found out
     */
    CompletionStage<Claim> claim(StreamName name);

    /** The exclusive right of one process to publish under a name. */
    interface Claim {

        /**
         * Returns the fencing token of the claim: a number that is higher than that of all earlier claims of the name,
         * in all processes. A resource that remembers the highest token it has seen can refuse what a process writes
         * that has lost its claim without knowing.
         *
         * @return the token, the same at each call
         */
        long token();

        /**
         * Completes when the claim is lost, for instance because its lease has run out or an operator has taken it. The
         * stream then ends.
         *
         * @return the reason that the stream ends with; need not complete after {@link #release} or {@link #transfer}
         */
        CompletionStage<EndReason> lost();

        /**
         * Replaces the claim by one for the next publisher of this process. The name is not free in between.
         *
         * @return completes with the new claim, and this one is void; if it fails, this one is still held
         */
        CompletionStage<Claim> transfer();

        /**
         * Gives the name back. Does nothing if the claim is void, lost or released, whichever process holds the name by then.
         *
         * @return completes when another process can claim the name
         */
        CompletionStage<Void> release();
    }
}
