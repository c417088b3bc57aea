package dev.millrace.rtmp.session;

/** One message stream of a client. */
final class MessageStream {

    enum State {
        IDLE,
        PUBLISH_REQUESTED,
        PUBLISHING,
        PLAY_REQUESTED,
        PLAYING
    }

    final int id;
    State state = State.IDLE;
    /** What is published or played, as the client wrote it. */
    String name = "";
    /** Whether the player wants its play list reset: only then it is told so. */
    boolean reset;

    MessageStream(int id) {
        this.id = id;
    }
}
