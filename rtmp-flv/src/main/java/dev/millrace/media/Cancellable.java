package dev.millrace.media;

/** A task or a subscription that can be given up. Implementations are thread-safe. */
@FunctionalInterface
public interface Cancellable {

    /** Cancels the task if it has not started, or the subscription if it has not ended. Does nothing otherwise. */
    void cancel();
}
