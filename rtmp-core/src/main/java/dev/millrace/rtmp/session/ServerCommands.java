package dev.millrace.rtmp.session;

import dev.millrace.amf.AmfBoolean;
import dev.millrace.amf.AmfConstant;
import dev.millrace.amf.AmfNumber;
import dev.millrace.amf.AmfValue;
import dev.millrace.media.MediaKind;
import dev.millrace.rtmp.message.Command;
import dev.millrace.rtmp.message.Status;
import dev.millrace.rtmp.message.UserControl;
import dev.millrace.rtmp.session.MessageStream.State;
import java.util.Optional;

/** The commands of a client that is connected: each is answered here, or becomes an event of its session (RTMP 1.0, section 7.2). */
final class ServerCommands {

    private final RtmpServerSession session;
    private final MessageStreams streams;
    private final ServerReplies replies;

    ServerCommands(RtmpServerSession session, MessageStreams streams, ServerReplies replies) {
        this.session = session;
        this.streams = streams;
        this.replies = replies;
    }

    void read(int messageStreamId, Command command) {
        switch (command.name()) {
            case "createStream" -> onCreateStream(command);
            case "deleteStream" -> onDeleteStream(command);
            case "closeStream" -> stop(streams.get(messageStreamId));
            case "publish" -> onPublish(messageStreamId, command);
            case "play" -> onPlay(messageStreamId, command);
            case "releaseStream", "FCSubscribe" -> replies.result(command, AmfConstant.UNDEFINED);
            case "FCPublish" -> onFcPublish(command);
            case "FCUnpublish" -> onFcUnpublish(command);
            case "pause", "pauseRaw" -> onPause(messageStreamId, command);
            case "seek" -> onSeek(messageStreamId);
            case "receiveAudio" -> onReceive(messageStreamId, MediaKind.AUDIO, command);
            case "receiveVideo" -> onReceive(messageStreamId, MediaKind.VIDEO, command);
            case "play2" -> replies.status(messageStreamId, Status.error(Status.PLAY_FAILED, "play2 is not supported"));
            case "getStreamLength" -> replies.result(command, new AmfNumber(0));
            case "_result", "_error", "onStatus" -> outOfPlace();
            default -> replies.result(command, AmfConstant.NULL); // _checkbw and whatever else an encoder wants to see answered
        }
    }

    private void outOfPlace() {
        session.count(SkipReason.OUT_OF_PLACE);
    }

    private void onCreateStream(Command command) {
        Optional<MessageStream> stream = streams.create();
        if (stream.isEmpty()) {
            outOfPlace();
            replies.error(command, Status.error(Status.CALL_FAILED, "too many message streams"));
            return;
        }
        replies.result(command, new AmfNumber(stream.get().id));
    }

    private void onDeleteStream(Command command) {
        double id = command.number(1).orElse(-1.0);
        stop(id == (int) id ? streams.remove((int) id) : Optional.empty());
    }

    private void onPublish(int messageStreamId, Command command) {
        MessageStream stream = streams.get(messageStreamId, State.IDLE).orElse(null);
        if (stream == null) {
            outOfPlace();
            replies.status(messageStreamId, Status.error(Status.PUBLISH_BAD_NAME, "publish on a message stream that is not free"));
            return;
        }
        stream.state = State.PUBLISH_REQUESTED;
        stream.name = command.string(1).orElse("");
        session.ask(new SessionEvent.PublishRequested(stream.id, stream.name, command.string(2).orElse("live")));
    }

    private void onPlay(int messageStreamId, Command command) {
        MessageStream stream = streams.get(messageStreamId, State.IDLE).orElse(null);
        if (stream == null) {
            outOfPlace();
            replies.status(messageStreamId, Status.error(Status.PLAY_FAILED, "play on a message stream that is not free"));
            return;
        }
        stream.state = State.PLAY_REQUESTED;
        stream.name = command.string(1).orElse("");
        stream.reset = isReset(command);
        session.ask(new SessionEvent.PlayRequested(stream.id, stream.name, command.number(2).orElse(-2.0)));
    }

    /** The fourth argument of {@code play}: a boolean or a number, true if it is missing. */
    private static boolean isReset(Command play) {
        if (play.arguments().size() < 5) {
            return true;
        }
        AmfValue reset = play.arguments().get(4);
        return !(reset instanceof AmfBoolean flag && !flag.value() || reset instanceof AmfNumber number && number.value() == 0);
    }

    private void onFcPublish(Command command) {
        replies.result(command, AmfConstant.UNDEFINED);
        replies.call(Command.of("onFCPublish", 0, Status.status(Status.PUBLISH_START, command.string(1).orElse("")).toObject()));
    }

    private void onFcUnpublish(Command command) {
        replies.result(command, AmfConstant.UNDEFINED);
        String name = command.string(1).orElse("");
        streams.publishing(name).ifPresent(stream -> {
            replies.call(Command.of("onFCUnpublish", 0, Status.status(Status.UNPUBLISH_SUCCESS, name).toObject()));
            stop(Optional.of(stream));
        });
    }

    private void onPause(int messageStreamId, Command command) {
        MessageStream stream = streams.get(messageStreamId, State.PLAYING).orElse(null);
        if (stream == null) {
            outOfPlace();
            return;
        }
        boolean paused = flag(command);
        replies.status(stream.id, Status.status(paused ? Status.PAUSE_NOTIFY : Status.UNPAUSE_NOTIFY, stream.name));
        session.controls.send(paused ? new UserControl.StreamEof(stream.id) : new UserControl.StreamBegin(stream.id));
        session.tell(new SessionEvent.PauseChanged(stream.id, paused));
    }

    private void onSeek(int messageStreamId) {
        if (streams.get(messageStreamId, State.PLAYING).isEmpty()) {
            outOfPlace();
            return;
        }
        replies.status(messageStreamId, Status.error(Status.SEEK_FAILED, "the stream is live"));
    }

    private void onReceive(int messageStreamId, MediaKind kind, Command command) {
        MessageStream stream = streams.get(messageStreamId, State.PLAYING).orElse(null);
        if (stream == null) {
            outOfPlace();
            return;
        }
        boolean wanted = flag(command);
        if (wanted) {
            replies.status(stream.id, Status.status(Status.SEEK_NOTIFY, stream.name));
            replies.status(stream.id, Status.status(Status.PLAY_START, stream.name));
        }
        session.tell(new SessionEvent.ReceiveChanged(stream.id, kind, wanted));
    }

    /** The first argument after the command object, true if it is missing. */
    private static boolean flag(Command command) {
        return command.arguments().size() < 2 || !(command.arguments().get(1) instanceof AmfBoolean value) || value.value();
    }

    /** Ends what runs on a message stream, if there is one. */
    private void stop(Optional<MessageStream> found) {
        if (found.isEmpty()) {
            outOfPlace();
            return;
        }
        MessageStream stream = found.get();
        State before = stream.state;
        stream.state = State.IDLE;
        if (before == State.PUBLISHING) {
            replies.status(stream.id, Status.status(Status.UNPUBLISH_SUCCESS, "Stopped publishing."));
            session.expectPublishOrPlay();
            session.tell(new SessionEvent.PublishStopped(stream.id));
        } else if (before == State.PLAYING) {
            session.expectPublishOrPlay();
            session.tell(new SessionEvent.PlayStopped(stream.id));
        }
    }
}
