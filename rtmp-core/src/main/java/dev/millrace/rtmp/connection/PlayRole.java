package dev.millrace.rtmp.connection;

import dev.millrace.media.Cancellable;
import dev.millrace.media.EndReason;
import dev.millrace.media.MediaKind;
import dev.millrace.rtmp.message.Status;
import dev.millrace.rtmp.session.SessionEvent;
import dev.millrace.rtmp.stream.LiveStream;
import dev.millrace.rtmp.stream.StreamAddress;
import dev.millrace.rtmp.stream.StreamName;
import dev.millrace.rtmp.stream.Subscription;
import dev.millrace.rtmp.stream.WireSink;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A client that plays: asks the host, finds the stream, subscribes the transport to it. Confined to the connection's executor. */
final class PlayRole implements Role, WireSink {

    private static final Logger LOG = LoggerFactory.getLogger(PlayRole.class);

    /** What "for ever" means, in milliseconds that can be added to a time. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(365);

    private final RtmpConnection connection;
    private final Line line;
    private final int messageStreamId;
    private final long decisionMillis;

    private Optional<Question<?>> question = Optional.empty();
    /** Calls {@link #changed} while the player waits for a stream that is not live yet. */
    private Optional<Cancellable> watch = Optional.empty();
    /** Whether the registry has reported a change since it was asked. */
    private boolean changed;
    private long waitUntilMillis;
    private PlayDecision.Accept accepted = PlayDecision.accept();
    private Optional<StreamName> name = Optional.empty();
    private Optional<LiveStream> stream = Optional.empty();
    private Optional<Subscription> subscription = Optional.empty();
    private boolean over;
    private boolean losing;

    PlayRole(RtmpConnection connection, int messageStreamId) {
        this.connection = connection;
        this.line = connection.line();
        this.messageStreamId = messageStreamId;
        this.decisionMillis = connection.limits().deadlines().decision().toMillis();
    }

    /** Asks whether the client may play. */
    void begin(SessionEvent.PlayRequested event) {
        StreamAddress address;
        try {
            address = StreamAddress.parse(connection.app(), event.name());
        } catch (IllegalArgumentException e) {
            refuse(Status.PLAY_STREAM_NOT_FOUND, e.getMessage());
            return;
        }
        PlayRequest request = new PlayRequest(connection, address);
        long deadlineMillis = connection.nowMillis() + decisionMillis;
        Question.ask(() -> connection.services().access().play(request), connection, deadlineMillis, new Question.Asker<PlayDecision>() {
            @Override
            public void answered(PlayDecision decision) {
                decided(decision, address.name());
            }

            @Override
            public void failed(Throwable failure) {
                refuseAfter(failure, "The access policy failed on play");
            }
        }, asked -> question = Optional.of(asked));
    }

    private void decided(PlayDecision decision, StreamName asked) {
        if (decision instanceof Reject reject) {
            refuse(reject.code().orElse(Status.PLAY_FAILED), reject.description());
            connection.settle();
            return;
        }
        accepted = (PlayDecision.Accept) decision;
        accepted.attachment().ifPresent(connection::attach);
        name = Optional.of(accepted.name().orElse(asked));
        Duration wait = accepted.waitAtMost().compareTo(LONGEST_WAIT) < 0 ? accepted.waitAtMost() : LONGEST_WAIT;
        waitUntilMillis = connection.nowMillis() + wait.toMillis();
        if (wait.isZero() || startWatch()) {
            find();
        }
    }

    /** Watches the name before it is looked for, so that no start is missed in between. Returns false if the registry fails. */
    private boolean startWatch() {
        try {
            watch = Optional.of(connection.services().registry().watch(name.orElseThrow(), () -> connection.run(this::changed)));
            return true;
        } catch (RuntimeException | Error e) {
            refuseAfter(e, "The registry failed on watch");
            return false;
        }
    }

    private void stopWatch() {
        watch.ifPresent(mine -> {
            try {
                mine.cancel();
            } catch (RuntimeException | Error e) {
                LOG.warn("The registry failed on cancelling a watch of connection {}", connection.id(), e);
            }
        });
        watch = Optional.empty();
    }

    private void changed() {
        changed = true;
        if (watch.isPresent() && question.isEmpty()) {
            try {
                find();
            } catch (RuntimeException | Error e) {
                connection.failed(e);
            }
        }
    }

    private void find() {
        changed = false;
        long deadlineMillis = connection.nowMillis() + decisionMillis;
        StreamName wanted = name.orElseThrow();
        Question.ask(() -> connection.services().registry().find(wanted), connection, deadlineMillis, new Question.Asker<Optional<LiveStream>>() {
            @Override
            public void answered(Optional<LiveStream> found) {
                found.ifPresentOrElse(PlayRole.this::start, PlayRole.this::notFound);
                connection.settle();
            }

            @Override
            public void failed(Throwable failure) {
                refuseAfter(failure, "The registry failed on find");
            }
        }, asked -> question = Optional.of(asked));
    }

    private void notFound() {
        question = Optional.empty();
        if (connection.nowMillis() >= waitUntilMillis) {
            refuse(Status.PLAY_STREAM_NOT_FOUND, "There is no such stream.");
        } else if (changed) {
            find();
        }
    }

    private void refuseAfter(Throwable failure, String what) {
        LOG.warn("{} of connection {}", what, connection.id(), failure);
        refuse(Status.PLAY_FAILED, "Not now.");
        connection.settle();
    }

    private void refuse(String code, String description) {
        over = true;
        stopWatch();
        connection.session().rejectPlay(messageStreamId, Status.error(code, description));
        connection.refused("play", code, description);
    }

    private void start(LiveStream found) {
        question = Optional.empty();
        stopWatch();
        connection.session().acceptPlay(messageStreamId);
        connection.sendOutput();
        connection.listener().onPlayStarted(connection, found);
        stream = Optional.of(found);
        subscription = Optional.of(found.subscribe(this, accepted.options()));
    }

    void pause(boolean paused) {
        // What was said about the pause goes out before media go on.
        connection.sendOutput();
        subscription.ifPresent(mine -> mine.pause(paused));
    }

    void receive(MediaKind kind, boolean wanted) {
        connection.sendOutput();
        subscription.ifPresent(mine -> mine.receive(kind, wanted));
    }

    @Override
    public void writable() {
        subscription.ifPresent(Subscription::wake);
    }

    @Override
    public void onTime(long nowMillis) {
        if (over) {
            return;
        }
        if (question.isPresent() && question.get().isOverdue(nowMillis)) {
            question.get().abandon();
            refuse(Status.PLAY_FAILED, "No answer in time.");
        } else if (watch.isPresent() && question.isEmpty() && nowMillis >= waitUntilMillis) {
            refuse(Status.PLAY_STREAM_NOT_FOUND, "There is no such stream.");
        }
    }

    @Override
    public void stop(EndReason reason) {
        if (over) {
            return;
        }
        over = true;
        stopWatch();
        question.ifPresent(Question::abandon);
        subscription.ifPresent(mine -> {
            mine.cancel(reason);
            connection.listener().onPlayStopped(connection, stream.orElseThrow(), reason);
        });
    }

    @Override
    public void dismiss(EndReason reason) {
        if (over) {
            return;
        }
        stop(reason);
        connection.session().endPlay(messageStreamId);
    }

    // What the stream's pump wants of us.

    @Override
    public Executor executor() {
        return connection.executor();
    }

    @Override
    public int messageStreamId() {
        return messageStreamId;
    }

    @Override
    public int chunkBytes() {
        return connection.session().chunkBytesOut();
    }

    @Override
    public boolean isWritable() {
        return !over && line.isWritable();
    }

    @Override
    public void writeAndFlush(ByteBuf bytes) {
        line.writeMedia(bytes);
    }

    @Override
    public void flush() {
        line.flush();
    }

    @Override
    public void onGap(long lostFrames) {
        if (!losing) {
            losing = true;
            stream.ifPresent(played -> connection.listener().onLossStarted(connection, played, lostFrames));
        }
    }

    @Override
    public void onCaughtUp(long lostFrames) {
        losing = false;
        stream.ifPresent(played -> connection.listener().onLossEnded(connection, played, lostFrames));
    }

    @Override
    public void onEnd(EndReason reason) {
        if (reason == EndReason.TOO_SLOW && !over) {
            connection.end(new CloseReason(CloseReason.Cause.TOO_SLOW, "lost frames more often than the stream's policy allows"), reason);
            return;
        }
        dismiss(reason);
        connection.settle();
    }
}
