package dev.millrace.rtmp.stream;

import java.util.concurrent.CompletionException;

/** The name has a publisher that may not be replaced. */
public final class StreamBusyException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param name the name that is taken
     */
    public StreamBusyException(StreamName name) {
        super("stream " + name + " has a publisher");
    }

    /**
     * Creates an exception with a reason.
     *
     * @param name the name that is taken
     * @param reason why it may not be used, for the log
     */
    public StreamBusyException(StreamName name, String reason) {
        super("stream " + name + " is busy: " + reason);
    }

    /**
     * Returns whether a stage of {@link StreamRegistry#publish} failed because the name is in use.
     *
     * @param failure what the stage failed with, as it is or inside a {@link CompletionException}
     * @return true if it is this exception
     */
    public static boolean isCauseOf(Throwable failure) {
        return failure instanceof StreamBusyException
                || failure instanceof CompletionException && failure.getCause() instanceof StreamBusyException;
    }
}
