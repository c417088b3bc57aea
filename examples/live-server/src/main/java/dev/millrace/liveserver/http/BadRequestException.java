package dev.millrace.liveserver.http;

/** A request makes no sense. The message is told to the client, and holds nothing that the client wrote. */
final class BadRequestException extends Exception {

    private static final long serialVersionUID = 1;

    BadRequestException(String message) {
        super(message);
    }
}
