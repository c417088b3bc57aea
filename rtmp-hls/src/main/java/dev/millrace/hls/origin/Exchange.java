package dev.millrace.hls.origin;

import dev.millrace.media.Cancellable;
import dev.millrace.media.Scheduler;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** A request and its pending response. Failures on the way become responses too. Thread-safe. */
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

    /** Returns the stage that the host gets. If the host cancels it, everything held for the request is released. */
    CompletableFuture<HlsResponse> answer() {
        return answer;
    }

    /** Completes the response. Only the first call has an effect. */
    void answer(HlsResponse response) {
        answer.complete(request.method().equals("HEAD") ? response.withoutContent() : response);
    }

    /** Runs the next step, if there is no response yet. */
    void run(Runnable step) {
        if (answer.isDone()) {
            return;
        }
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            // Code of the host has failed: the cause is not for the client.
            answer(answers.internalError());
        }
    }

    /** Responds with 503 at a time, if there is no response by then. */
    void giveUpAt(Instant deadline, Scheduler scheduler) {
        if (!answer.isDone()) {
            Cancellable timer = scheduler.at(deadline, () -> answer(answers.unavailable("not ready in time")));
            answer.whenComplete((response, failure) -> timer.cancel());
        }
    }
}
