package dev.millrace.liveserver.snapshot;

/**
 * The keyframe has a codec or feature that no decoder here supports. The message names it, and what is
 * supported.
 */
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
