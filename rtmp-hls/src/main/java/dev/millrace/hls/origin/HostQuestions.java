package dev.millrace.hls.origin;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The requests that wait for an answer of the host, up to a maximum. Thread-safe. */
final class HostQuestions {

    private final AtomicInteger open = new AtomicInteger();
    private final Answers answers;
    private final int maxOpen;

    HostQuestions(Answers answers, int maxOpen) {
        this.answers = answers;
        this.maxOpen = maxOpen;
    }

    /** Runs the next step when the host has answered, unless the request is answered before. Immediate answers do not count. */
    <T> void ask(Exchange exchange, CompletionStage<T> stage, Consumer<T> step) {
        open.incrementAndGet();
        AtomicBoolean closed = new AtomicBoolean();
        Runnable close = () -> {
            if (!closed.getAndSet(true)) {
                open.decrementAndGet();
            }
        };
        exchange.answer().whenComplete((response, failure) -> close.run());
        stage.whenComplete((value, failure) -> {
            close.run();
            if (failure != null) {
                exchange.answer(answers.internalError());
            } else {
                exchange.run(() -> step.accept(value));
            }
        });
        if (!closed.get() && open.get() > maxOpen) {
            exchange.answer(answers.unavailable("too many requests"));
        }
    }

    int open() {
        return open.get();
    }
}
