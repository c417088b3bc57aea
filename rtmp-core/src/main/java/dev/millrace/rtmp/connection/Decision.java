package dev.millrace.rtmp.connection;

import dev.millrace.rtmp.message.Status;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The host's decision on one request of a client: asks the host, takes each answer once and in time, and refuses the request otherwise.
 *
 * <p>An answer that is there at once is taken at once; one that comes on another thread is brought to the connection's executor, and the connection
 * settles after each. If the host fails, answers null or misses the deadline, the request is refused; an answer that comes later is handed back.
 * One question is open at a time. Confined to the connection's executor.
 *
 * @param <T> what the access policy answers: an acceptance or a {@link Reject}
 */
final class Decision<T> {

    private static final Logger LOG = LoggerFactory.getLogger(Decision.class);

    /** Takes the answer to one question. */
    @FunctionalInterface
    interface Asker<A> {

        /** Takes an answer that came in time. */
        void answered(A answer);

        /** Returns true if the failure is an expected one, and has refused the request. */
        default boolean refused(Throwable failure) {
            return false;
        }

        /** Takes back an answer that came after the deadline, or after the request was abandoned. On any thread. */
        default void tooLate(A answer) {}
    }

    private final ConnectionContext context;
    private final String request;
    private final String refusalCode;
    private final Consumer<Status> tellClient;
    private final long waitMillis;

    /** Whether the newest question is open. Answers to older ones are too late. */
    private boolean open;

    private int questions;
    private long deadlineMillis;

    /**
     * Creates a decision, whose deadline starts now.
     *
     * @param request the command, for logs and listeners
     * @param refusalCode for refusals without a code of their own
     * @param tellClient has the session refuse the request
     */
    Decision(ConnectionContext context, String request, String refusalCode, Consumer<Status> tellClient) {
        this.context = context;
        this.request = request;
        this.refusalCode = refusalCode;
        this.tellClient = tellClient;
        this.waitMillis = context.services().limits().deadlines().decision().toMillis();
        restartDeadline();
    }

    /** Gives the host the whole time again, for a question that comes much later than the first. */
    void restartDeadline() {
        deadlineMillis = context.nowMillis() + waitMillis;
    }

    /** Asks the access policy. A {@link Reject} refuses the request. */
    void askPolicy(Supplier<CompletionStage<T>> policy, Consumer<T> accepted) {
        ask("access policy", policy, answer -> {
            if (answer instanceof Reject reject) {
                refuse(reject.code().orElse(refusalCode), reject.description());
            } else {
                accepted.accept(answer);
            }
        });
    }

    /**
     * Asks any part of the host.
     *
     * @param part for the log
     * @param call may throw or return null, which are failures
     * @param asker takes the answer
     */
    <A> void ask(String part, Supplier<CompletionStage<A>> call, Asker<A> asker) {
        open = true;
        int question = ++questions;
        Thread caller = Thread.currentThread();
        boolean[] asking = {true};
        CompletionStage<A> stage;
        try {
            stage = call.get();
        } catch (RuntimeException | Error e) {
            take(question, part, asker, null, e);
            return;
        }
        if (stage == null) {
            take(question, part, asker, null, null);
            return;
        }
        stage.whenComplete((answer, failure) -> {
            // Only the caller's own thread reads a flag that the caller's thread writes.
            if (Thread.currentThread() == caller && asking[0]) {
                take(question, part, asker, answer, failure);
                return;
            }
            try {
                context.executor().execute(() -> take(question, part, asker, answer, failure));
            } catch (RejectedExecutionException e) {
                Optional.ofNullable(answer).ifPresent(asker::tooLate);
            }
        });
        asking[0] = false;
    }

    /** Exceptions must not leave here: they would vanish in the host's stage, and the client would wait forever. */
    private <A> void take(int question, String part, Asker<A> asker, A answer, Throwable failure) {
        try {
            if (open && question == questions) {
                open = false;
                if (failure == null && answer != null) {
                    asker.answered(answer);
                } else {
                    failed(part, asker, failure == null ? new NullPointerException("the host answered null") : failure);
                }
                context.settle();
            } else if (answer != null) {
                asker.tooLate(answer);
            }
        } catch (RuntimeException | Error e) {
            context.failed(e);
        }
    }

    private void failed(String part, Asker<?> asker, Throwable failure) {
        if (!asker.refused(failure)) {
            refuseAfter(part, failure);
        }
    }

    /** Refuses the request because a part of the host failed. */
    void refuseAfter(String part, Throwable failure) {
        LOG.warn("Host failed part={} request={} connection={}", part, request, context.connection().id(), failure);
        refuse(refusalCode, "Not now.");
    }

    /** Refuses the request. */
    void refuse(String code, String description) {
        open = false;
        tellClient.accept(Status.error(code, description));
        context.refused(request, code, description);
    }

    /** Returns whether a question is open. */
    boolean isOpen() {
        return open;
    }

    /** Refuses the request if the host has not answered by the deadline. */
    void onTime(long nowMillis) {
        if (open && nowMillis >= deadlineMillis) {
            refuse(refusalCode, "No answer in time.");
        }
    }

    /** Gives the request up: whatever is answered now is too late. */
    void abandon() {
        open = false;
    }
}
