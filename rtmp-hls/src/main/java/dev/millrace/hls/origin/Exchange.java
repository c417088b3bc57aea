package dev.millrace.hls.origin;

import dev.millrace.media.Cancellable;
import dev.millrace.media.Scheduler;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** A request and the answer to come. Whatever goes wrong on the way is an answer too. Thread-safe. */
final class Exchange {

    private final HlsRequest request;
    private final Answers answers;
    private final CompletableFuture<HlsResponse> answer = new CompletableFuture<>();

    Exchange(HlsRequest request, Answers answers) {
        this.request = request;
        this.answers = answers;
    }

    HlsRequest request() {
        return request;
    }

    /** What the host gets. When it cancels this, what the request holds is released. */
    CompletableFuture<HlsResponse> answer() {
        return answer;
    }

    /** Answers. The first answer counts. */
    void answer(HlsResponse response) {
        answer.complete(request.method().equals("HEAD") ? response.withoutContent() : response);
    }

    /** Takes the next step, if there is no answer yet. */
    void run(Runnable step) {
        if (answer.isDone()) {
            return;
        }
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            // Code of the host has failed: it has its own log, and the client need not know why.
            answer(answers.internalError());
        }
    }

    /** Gives up at a time, if there is no answer by then. */
    void giveUpAt(Instant deadline, Scheduler scheduler) {
        if (!answer.isDone()) {
            Cancellable timer = scheduler.at(deadline, () -> answer(answers.unavailable("not ready in time")));
            answer.whenComplete((response, failure) -> timer.cancel());
        }
    }
}
