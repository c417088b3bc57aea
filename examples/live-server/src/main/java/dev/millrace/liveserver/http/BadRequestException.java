package dev.millrace.liveserver.http;

/** The request is malformed. The message is sent to the client and contains nothing that the client sent. */
final class BadRequestException extends Exception {

    private static final long serialVersionUID = 1;

    BadRequestException(String message) {
        super(message);
    }
}
