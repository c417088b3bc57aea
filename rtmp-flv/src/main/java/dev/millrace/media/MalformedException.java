package dev.millrace.media;

import java.io.IOException;

/**
 * Input that violates its format: AMF, an FLV file or tag, or the bitstream of a codec. The message names the field, the value found and the
 * value wanted.
 *
 * <p>Only the unit that was being parsed is affected: the next message of the same stream can be parsed.
 */
public final class MalformedException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message the field, the value found and the value wanted
     */
    public MalformedException(String message) {
        super(message);
    }
}
