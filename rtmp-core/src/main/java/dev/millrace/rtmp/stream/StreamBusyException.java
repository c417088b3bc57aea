package dev.millrace.rtmp.stream;

/** Somebody publishes under this name already. */
public final class StreamBusyException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception.
     *
     * @param name the name that is taken
     */
    public StreamBusyException(StreamName name) {
        super("stream " + name + " has a publisher");
    }
}
