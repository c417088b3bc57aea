package dev.millrace.rtmp;

/**
 * The peer broke the protocol or one of our limits. The message says which field, what was found and what was wanted.
 *
 * <p>Whatever threw it is dead: the connection can only be closed.
 */
public final class RtmpProtocolException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception with its reason.
     *
     * @param message the field, the value found and the value wanted
     */
    public RtmpProtocolException(String message) {
        super(message);
    }
}
