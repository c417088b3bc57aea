package dev.millrace.hls.origin;

import dev.millrace.hls.packager.HlsSnapshot;
import dev.millrace.hls.packager.HlsStream;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/**
 * Holds requests that came before the first segment of their stream. Keeps something of streams only that have no segment yet, and nothing
 * of requests that are answered. Thread-safe.
 */
final class FirstSegments {

    private final ConcurrentMap<String, FirstSegmentWait> waits = new ConcurrentHashMap<>();
    private final Answers answers;
    private final int maxWaiters;

    FirstSegments(Answers answers, int maxWaiters) {
        this.answers = answers;
        this.maxWaiters = maxWaiters;
    }

    /** Goes on with a snapshot as soon as there is one; answers itself if there will be none, or too many wait. */
    void await(String streamPath, HlsStream stream, Exchange exchange, Consumer<HlsSnapshot> step) {
        Optional<HlsSnapshot> now = stream.snapshot();
        if (now.isPresent()) {
            step.accept(now.get());
            return;
        }
        FirstSegmentWait wait = waitOf(streamPath, stream);
        if (wait.add(exchange, snapshot -> exchange.run(() -> goOn(snapshot, exchange, step)))) {
            exchange.answer().whenComplete((response, failure) -> wait.remove(exchange));
        } else if (wait.isOver()) {
            goOn(wait.result(), exchange, step);
        } else {
            exchange.answer(answers.unavailable("too many requests wait for this stream"));
        }
    }

    private void goOn(Optional<HlsSnapshot> snapshot, Exchange exchange, Consumer<HlsSnapshot> step) {
        snapshot.ifPresentOrElse(step, () -> exchange.answer(answers.notFound()));
    }

    private FirstSegmentWait waitOf(String streamPath, HlsStream stream) {
        FirstSegmentWait mine = new FirstSegmentWait(stream, maxWaiters);
        FirstSegmentWait wait = waits.compute(streamPath, (path, known) -> known != null && known.isFor(stream) ? known : mine);
        if (wait == mine) {
            try {
                stream.firstSnapshot().whenComplete((snapshot, failure) -> end(streamPath, mine, Optional.ofNullable(snapshot)));
            } catch (RuntimeException | Error e) {
                end(streamPath, mine, Optional.empty());
                throw e;
            }
        }
        return wait;
    }

    private void end(String streamPath, FirstSegmentWait wait, Optional<HlsSnapshot> snapshot) {
        waits.remove(streamPath, wait);
        wait.end(snapshot);
    }

    int streams() {
        return waits.size();
    }

    int waiting() {
        return waits.values().stream().mapToInt(FirstSegmentWait::size).sum();
    }
}
