package dev.millrace.hls.origin;

/** The request makes no sense: 400. The message goes to the client and has no text of the request in it. */
final class BadRequestException extends Exception {

    private static final long serialVersionUID = 1L;

    BadRequestException(String message) {
        // Whoever sends nonsense shall not make us walk stacks.
        super(message, /* cause= */ null, /* enableSuppression= */ false, /* writableStackTrace= */ false);
    }
}
