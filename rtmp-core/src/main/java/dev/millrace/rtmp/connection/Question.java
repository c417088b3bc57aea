package dev.millrace.rtmp.connection;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A question to the host, answered at most once and in time. The answer may come on any thread and is brought to the connection's executor; if it
 * comes at once, it is taken at once. Confined to that executor.
 *
 * @param <T> the answer
 */
final class Question<T> {

    /** What becomes of the answer. */
    interface Asker<T> {

        /** The host's answer, in time. */
        void answered(T answer);

        /** The host threw, answered null or failed. */
        void failed(Throwable failure);

        /** The answer came after the deadline, or after nobody wanted it any more. On any thread. */
        default void tooLate(T answer) {}
    }

    private final RtmpConnection connection;
    private final Asker<T> asker;
    private final long deadlineMillis;
    private boolean open = true;

    private Question(RtmpConnection connection, Asker<T> asker, long deadlineMillis) {
        this.connection = connection;
        this.asker = asker;
        this.deadlineMillis = deadlineMillis;
    }

    /**
     * Asks.
     *
     * @param ask calls the host; may throw or return null
     * @param connection on whose executor the answer is taken
     * @param deadlineMillis when {@link #isOverdue} becomes true
     * @param asker what becomes of the answer
     * @param remember told of the question before the host is asked
     */
    static <T> void ask(
            Supplier<CompletionStage<? extends T>> ask,
            RtmpConnection connection,
            long deadlineMillis,
            Asker<T> asker,
            Consumer<Question<T>> remember) {
        Question<T> question = new Question<>(connection, asker, deadlineMillis);
        remember.accept(question);
        Thread caller = Thread.currentThread();
        boolean[] asking = {true};
        CompletionStage<? extends T> stage;
        try {
            stage = ask.get();
        } catch (RuntimeException | Error e) {
            question.fail(e);
            return;
        }
        if (stage == null) {
            question.fail(new NullPointerException("the host answered null"));
            return;
        }
        stage.whenComplete((answer, failure) -> {
            // Only the caller's own thread reads a flag that the caller's thread writes.
            if (Thread.currentThread() == caller && asking[0]) {
                question.take(answer, failure);
                return;
            }
            try {
                connection.executor().execute(() -> question.take(answer, failure));
            } catch (RejectedExecutionException e) {
                Optional.<T>ofNullable(answer).ifPresent(asker::tooLate);
            }
        });
        asking[0] = false;
    }

    /** Nothing may leave from here: it would vanish in the host's stage, and the client would wait for ever. */
    private void take(T answer, Throwable failure) {
        try {
            tell(answer, failure);
        } catch (RuntimeException | Error e) {
            connection.failed(e);
        }
    }

    private void tell(T answer, Throwable failure) {
        if (failure != null) {
            fail(failure);
        } else if (answer == null) {
            fail(new NullPointerException("the host answered null"));
        } else if (open) {
            open = false;
            asker.answered(answer);
        } else {
            asker.tooLate(answer);
        }
    }

    private void fail(Throwable failure) {
        if (open) {
            open = false;
            asker.failed(failure);
        }
    }

    /** Whether the deadline has passed without an answer. */
    boolean isOverdue(long nowMillis) {
        return open && nowMillis >= deadlineMillis;
    }

    /** Nobody wants the answer any more. */
    void abandon() {
        open = false;
    }
}
