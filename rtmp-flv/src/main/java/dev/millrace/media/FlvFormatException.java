package dev.millrace.media;

/**
 * What a message or a file holds is not legal FLV, AMF or codec data. The message says which field, what was found and what was wanted.
 *
 * <p>Only the unit that was being parsed is affected: the next message of the same stream can be parsed again.
 */
public final class FlvFormatException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception with its reason.
     *
     * @param message the field, the value found and the value wanted
     */
    public FlvFormatException(String message) {
        super(message);
    }
}
