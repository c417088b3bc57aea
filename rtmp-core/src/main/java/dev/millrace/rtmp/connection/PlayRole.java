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

    private final ConnectionContext context;
    private final ConnectionTransport transport;
    private final int messageStreamId;
    private final Decision<PlayDecision> decision;

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

    PlayRole(ConnectionContext context, ConnectionTransport transport, int messageStreamId) {
        this.context = context;
        this.transport = transport;
        this.messageStreamId = messageStreamId;
        this.decision = new Decision<>(context, "play", Status.PLAY_FAILED, this::rejected);
    }

    private void rejected(Status status) {
        over = true;
        stopWatch();
        context.session().rejectPlay(messageStreamId, status);
    }

    /** Asks whether the client may play. */
    void begin(SessionEvent.PlayRequested event) {
        StreamAddress address;
        try {
            address = StreamAddress.parse(context.app(), event.name());
        } catch (IllegalArgumentException e) {
            decision.refuse(Status.PLAY_STREAM_NOT_FOUND, e.getMessage());
            return;
        }
        PlayRequest request = new PlayRequest(context.connection(), address);
        decision.askPolicy(() -> context.services().access().play(request), answer -> accepted(answer, address.name()));
    }

    private void accepted(PlayDecision answer, StreamName asked) {
        accepted = (PlayDecision.Accept) answer;
        accepted.attachment().ifPresent(context::attach);
        name = Optional.of(accepted.name().orElse(asked));
        Duration wait = accepted.waitAtMost().compareTo(LONGEST_WAIT) < 0 ? accepted.waitAtMost() : LONGEST_WAIT;
        waitUntilMillis = context.nowMillis() + wait.toMillis();
        if (wait.isZero() || startWatch()) {
            find();
        }
    }

    /** Watches the name before it is looked for, so that no start is missed in between. Returns false if the registry fails. */
    private boolean startWatch() {
        try {
            watch = Optional.of(context.services().registry().watch(name.orElseThrow(), () -> context.run(this::changed)));
            return true;
        } catch (RuntimeException | Error e) {
            decision.refuseAfter("registry", e);
            return false;
        }
    }

    private void stopWatch() {
        watch.ifPresent(mine -> {
            try {
                mine.cancel();
            } catch (RuntimeException | Error e) {
                LOG.warn("Registry failed on cancelling a watch connection={}", context.connection().id(), e);
            }
        });
        watch = Optional.empty();
    }

    private void changed() {
        changed = true;
        if (watch.isPresent() && !decision.isOpen()) {
            find();
        }
    }

    private void find() {
        changed = false;
        decision.restartDeadline();
        StreamName wanted = name.orElseThrow();
        decision.ask("registry", () -> context.services().registry().find(wanted), found -> found.ifPresentOrElse(this::start, this::notFound));
    }

    private void notFound() {
        if (context.nowMillis() >= waitUntilMillis) {
            decision.refuse(Status.PLAY_STREAM_NOT_FOUND, "There is no such stream.");
        } else if (changed) {
            find();
        }
    }

    private void start(LiveStream found) {
        stopWatch();
        context.session().acceptPlay(messageStreamId);
        context.sendOutput();
        context.listener().onPlayStarted(context.connection(), found);
        stream = Optional.of(found);
        subscription = Optional.of(found.subscribe(this, accepted.options()));
    }

    void pause(boolean paused) {
        // What was said about the pause goes out before media go on.
        context.sendOutput();
        subscription.ifPresent(mine -> mine.pause(paused));
    }

    void receive(MediaKind kind, boolean wanted) {
        context.sendOutput();
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
        decision.onTime(nowMillis);
        if (watch.isPresent() && !decision.isOpen() && nowMillis >= waitUntilMillis) {
            decision.refuse(Status.PLAY_STREAM_NOT_FOUND, "There is no such stream.");
        }
    }

    @Override
    public void stop(EndReason reason) {
        if (over) {
            return;
        }
        over = true;
        stopWatch();
        decision.abandon();
        subscription.ifPresent(mine -> {
            mine.cancel(reason);
            context.listener().onPlayStopped(context.connection(), stream.orElseThrow(), reason);
        });
    }

    @Override
    public void dismiss(EndReason reason) {
        if (over) {
            return;
        }
        stop(reason);
        context.session().endPlay(messageStreamId);
    }

    // What the stream's pump wants of us.

    @Override
    public Executor executor() {
        return context.executor();
    }

    @Override
    public int messageStreamId() {
        return messageStreamId;
    }

    @Override
    public int chunkBytes() {
        return context.session().chunkBytesOut();
    }

    @Override
    public boolean isWritable() {
        return !over && transport.isWritable();
    }

    @Override
    public void writeAndFlush(ByteBuf bytes) {
        transport.writeMedia(bytes);
    }

    @Override
    public void flush() {
        transport.flush();
    }

    @Override
    public void onGap(long lostFrames) {
        if (!losing) {
            losing = true;
            stream.ifPresent(played -> context.listener().onLossStarted(context.connection(), played, lostFrames));
        }
    }

    @Override
    public void onCaughtUp(long lostFrames) {
        losing = false;
        stream.ifPresent(played -> context.listener().onLossEnded(context.connection(), played, lostFrames));
    }

    @Override
    public void onEnd(EndReason reason) {
        if (reason == EndReason.TOO_SLOW && !over) {
            context.end(new CloseReason(CloseReason.Cause.TOO_SLOW, "lost frames more often than the stream's policy allows"), reason);
            return;
        }
        dismiss(reason);
        context.settle();
    }
}
