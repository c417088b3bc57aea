package dev.millrace.rtmp.session;

/** Hosts that say yes to everything. */
final class Answers {

    private Answers() {}

    /** Accepts a request; nothing happens at other events. */
    static void accept(RtmpServerSession session, SessionEvent event) {
        if (event instanceof SessionEvent.ConnectRequested) {
            session.acceptConnect();
        } else if (event instanceof SessionEvent.PublishRequested publish) {
            session.acceptPublish(publish.messageStreamId());
        } else if (event instanceof SessionEvent.PlayRequested play) {
            session.acceptPlay(play.messageStreamId());
        }
    }
}
