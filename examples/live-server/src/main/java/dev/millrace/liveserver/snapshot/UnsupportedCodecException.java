package dev.millrace.liveserver.snapshot;

/** A keyframe may well be whole, but no decoder here can do it. The message says what it is, and what there is a decoder for. */
public final class UnsupportedCodecException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception with its reason.
     *
     * @param message what was found and what is wanted
     */
    public UnsupportedCodecException(String message) {
        super(message);
    }
}
