package dev.millrace.hls.origin;

/** A malformed request: 400. The message is sent to the client and contains no text of the request. */
final class BadRequestException extends Exception {

    private static final long serialVersionUID = 1L;

    BadRequestException(String message) {
        // A stack trace would make malformed requests expensive.
        super(message, /* cause= */ null, /* enableSuppression= */ false, /* writableStackTrace= */ false);
    }
}
