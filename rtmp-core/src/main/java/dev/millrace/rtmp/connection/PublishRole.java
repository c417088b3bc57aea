package dev.millrace.rtmp.connection;

import dev.millrace.flv.DataMessages;
import dev.millrace.flv.FlvFrames;
import dev.millrace.media.EndReason;
import dev.millrace.media.FrameRole;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import dev.millrace.rtmp.RateLimit;
import dev.millrace.rtmp.RtmpLimits;
import dev.millrace.rtmp.connection.CloseReason.Cause;
import dev.millrace.rtmp.message.Status;
import dev.millrace.rtmp.session.SessionEvent;
import dev.millrace.rtmp.stream.Publication;
import dev.millrace.rtmp.stream.StreamAddress;
import dev.millrace.rtmp.stream.StreamBusyException;
import dev.millrace.rtmp.stream.StreamName;
import dev.millrace.rtmp.stream.TimestampUnwrapper;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A client that publishes: asks the host, claims the name, turns messages into frames. Confined to the connection's executor. */
final class PublishRole implements Role {

    private static final Logger LOG = LoggerFactory.getLogger(PublishRole.class);

    /** What is read late leaves late: so much of its window a frame may wait for being read. */
    private static final int RESTS_PER_WINDOW = 8;

    private final ConnectionContext context;
    private final int messageStreamId;
    private final Decision<PublishDecision> decision;
    private final long idleMillis;
    private final TimestampUnwrapper unwrapper = new TimestampUnwrapper();
    private final RateLimit metadataRate;

    private Optional<Publication> publication = Optional.empty();
    private boolean over;
    private long lastMediaMillis;
    private long restMillis;

    PublishRole(ConnectionContext context, int messageStreamId) {
        RtmpLimits limits = context.services().limits();
        this.context = context;
        this.messageStreamId = messageStreamId;
        this.decision = new Decision<>(context, "publish", Status.PUBLISH_REJECTED, this::rejected);
        this.idleMillis = limits.deadlines().publisherIdle().toMillis();
        this.metadataRate = new RateLimit(limits.session().maxMetadataPerSecond());
    }

    private void rejected(Status status) {
        over = true;
        context.session().rejectPublish(messageStreamId, status);
    }

    /** Asks whether the client may publish. */
    void begin(SessionEvent.PublishRequested event) {
        StreamAddress address;
        try {
            address = StreamAddress.parse(context.app(), event.name());
        } catch (IllegalArgumentException e) {
            decision.refuse(Status.PUBLISH_BAD_NAME, e.getMessage());
            return;
        }
        PublishRequest request = new PublishRequest(context.connection(), address, event.type());
        decision.askPolicy(() -> context.services().access().publish(request), answer -> accepted(answer, address.name()));
    }

    private void accepted(PublishDecision answer, StreamName asked) {
        PublishDecision.Accept accept = (PublishDecision.Accept) answer;
        accept.attachment().ifPresent(context::attach);
        StreamName name = accept.name().orElse(asked);
        decision.ask("registry", () -> context.services().registry().publish(name, accept.options()), new Decision.Asker<Publication>() {
            @Override
            public void answered(Publication claimed) {
                start(claimed);
            }

            @Override
            public boolean refused(Throwable failure) {
                if (!StreamBusyException.isCauseOf(failure)) {
                    return false;
                }
                decision.refuse(Status.PUBLISH_BAD_NAME, "The stream has a publisher.");
                return true;
            }

            @Override
            public void tooLate(Publication claimed) {
                guarded(() -> claimed.close(EndReason.CONNECTION_LOST));
            }
        });
    }

    private void start(Publication claimed) {
        publication = Optional.of(claimed);
        lastMediaMillis = context.nowMillis();
        restMillis = claimed.stream().options().mergeWindow().toMillis() / RESTS_PER_WINDOW;
        if (context.executor() instanceof ScheduledExecutorService timers) {
            guarded(() -> claimed.timersOn(timers));
        }
        context.session().acceptPublish(messageStreamId);
        context.listener().onPublishStarted(context.connection(), claimed.stream());
        claimed.stream().end().thenAccept(reason -> context.run(() -> ended(reason)));
    }

    private void ended(EndReason reason) {
        dismiss(reason);
        context.settle();
    }

    /** Takes a message of the publisher. */
    void media(SessionEvent.MediaReceived event) {
        if (publication.isEmpty() || over) {
            context.countIgnored();
            return;
        }
        try {
            MediaFrame frame = frame(event);
            guarded(() -> publication.get().publish(frame));
        } catch (MalformedException e) {
            LOG.debug("Connection {}: message ignored: {}", context.connection().id(), e.getMessage());
            context.countIgnored();
        }
    }

    private MediaFrame frame(SessionEvent.MediaReceived event) throws MalformedException {
        long timestampMillis = unwrapper.other(event.timestampMillis());
        MediaFrame frame = switch (event.kind()) {
            case AUDIO -> FlvFrames.audio(timestampMillis, event.payload());
            case VIDEO -> FlvFrames.video(timestampMillis, event.payload());
            case DATA -> DataMessages.frame(timestampMillis, event.payload(), context.services().limits().amf());
        };
        if (frame.role() == FrameRole.METADATA && !metadataRate.allows(context.nowMillis())) {
            throw new MalformedException("more metadata than the limit allows in a second");
        }
        if (frame.kind() != MediaKind.DATA) {
            lastMediaMillis = context.nowMillis();
        }
        if (frame.role() == FrameRole.CODED || frame.role() == FrameRole.SILENCE) {
            unwrapper.media(event.timestampMillis());
        }
        return frame;
    }

    /** A registry of the host's may bring a publication of its own: what it throws is its own affair. */
    private void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error e) {
            LOG.warn("The publication of connection {} failed", context.connection().id(), e);
            context.countIgnored();
        }
    }

    @Override
    public int messageStreamId() {
        return messageStreamId;
    }

    @Override
    public void receivedAll() {
        publication.ifPresent(mine -> guarded(mine::flush));
    }

    @Override
    public long restMillis() {
        return over ? 0 : restMillis;
    }

    @Override
    public void onTime(long nowMillis) {
        if (over) {
            return;
        }
        decision.onTime(nowMillis);
        if (publication.isPresent() && nowMillis - lastMediaMillis >= idleMillis) {
            dismiss(EndReason.IDLE);
        }
    }

    @Override
    public void stop(EndReason reason) {
        if (over) {
            return;
        }
        over = true;
        decision.abandon();
        publication.ifPresent(mine -> {
            guarded(mine::flush);
            guarded(() -> mine.close(reason));
            context.listener().onPublishStopped(context.connection(), mine.stream(), mine.stream().endReason().orElse(reason));
        });
    }

    @Override
    public void dismiss(EndReason reason) {
        if (over) {
            return;
        }
        stop(reason);
        Status status = switch (reason) {
            case TAKEN_OVER -> Status.error(Status.PUBLISH_REJECTED, "Another publisher took over.");
            case CLOSED_BY_HOST -> Status.error(Status.PUBLISH_REJECTED, "Closed by the server.");
            default -> Status.status(Status.UNPUBLISH_SUCCESS, "The server ended the stream: " + reason);
        };
        context.session().endPublish(messageStreamId, status);
        context.closing(new CloseReason(reason == EndReason.IDLE ? Cause.PUBLISHER_IDLE : Cause.STREAM_ENDED, "stream ended: " + reason));
    }
}
