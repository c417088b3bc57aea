package dev.millrace.rtmp.connection;

import dev.millrace.flv.DataMessages;
import dev.millrace.flv.FlvFrames;
import dev.millrace.media.EndReason;
import dev.millrace.media.FrameRole;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import dev.millrace.rtmp.RateLimit;
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

    private final RtmpConnection connection;
    private final int messageStreamId;
    private final long decisionDeadlineMillis;
    private final long idleMillis;
    private final TimestampUnwrapper unwrapper = new TimestampUnwrapper();
    private final RateLimit metadataRate;

    /** What we wait for, before publishing. */
    private Optional<Question<?>> question = Optional.empty();

    private Optional<Publication> publication = Optional.empty();
    private boolean over;
    private long lastMediaMillis;
    private long restMillis;

    PublishRole(RtmpConnection connection, int messageStreamId) {
        this.connection = connection;
        this.messageStreamId = messageStreamId;
        this.decisionDeadlineMillis = connection.nowMillis() + connection.limits().deadlines().decision().toMillis();
        this.idleMillis = connection.limits().deadlines().publisherIdle().toMillis();
        this.metadataRate = new RateLimit(connection.limits().session().maxMetadataPerSecond());
    }

    /** Asks whether the client may publish. */
    void begin(SessionEvent.PublishRequested event) {
        StreamAddress address;
        try {
            address = StreamAddress.parse(connection.app(), event.name());
        } catch (IllegalArgumentException e) {
            refuse(Status.PUBLISH_BAD_NAME, e.getMessage());
            return;
        }
        PublishRequest request = new PublishRequest(connection, address, event.type());
        ask(() -> connection.services().access().publish(request), new Question.Asker<PublishDecision>() {
            @Override
            public void answered(PublishDecision decision) {
                decided(decision, address.name());
            }

            @Override
            public void failed(Throwable failure) {
                refuseAfter(failure, "The access policy failed on publish");
            }
        });
    }

    private <T> void ask(Supplier<CompletionStage<? extends T>> ask, Question.Asker<T> asker) {
        Question.ask(ask, connection, decisionDeadlineMillis, asker, asked -> question = Optional.of(asked));
    }

    private void decided(PublishDecision decision, StreamName asked) {
        if (decision instanceof Reject reject) {
            refuse(reject.code().orElse(Status.PUBLISH_REJECTED), reject.description());
            connection.settle();
            return;
        }
        PublishDecision.Accept accept = (PublishDecision.Accept) decision;
        accept.attachment().ifPresent(connection::attach);
        claim(accept, accept.name().orElse(asked));
    }

    private void claim(PublishDecision.Accept accept, StreamName name) {
        ask(() -> connection.services().registry().publish(name, accept.options()), new Question.Asker<Publication>() {
            @Override
            public void answered(Publication claimed) {
                start(claimed);
                connection.settle();
            }

            @Override
            public void failed(Throwable failure) {
                if (!(cause(failure) instanceof StreamBusyException)) {
                    refuseAfter(failure, "The registry failed on publish");
                } else {
                    refuse(Status.PUBLISH_BAD_NAME, "The stream has a publisher.");
                    connection.settle();
                }
            }

            @Override
            public void tooLate(Publication claimed) {
                guarded(() -> claimed.close(EndReason.CONNECTION_LOST));
            }
        });
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private void refuseAfter(Throwable failure, String what) {
        LOG.warn("{} of connection {}", what, connection.id(), failure);
        refuse(Status.PUBLISH_REJECTED, "Not now.");
        connection.settle();
    }

    private void refuse(String code, String description) {
        over = true;
        connection.session().rejectPublish(messageStreamId, Status.error(code, description));
        connection.refused("publish", code, description);
    }

    private void start(Publication claimed) {
        question = Optional.empty();
        publication = Optional.of(claimed);
        lastMediaMillis = connection.nowMillis();
        restMillis = claimed.stream().options().mergeWindow().toMillis() / RESTS_PER_WINDOW;
        if (connection.executor() instanceof ScheduledExecutorService timers) {
            guarded(() -> claimed.timersOn(timers));
        }
        connection.session().acceptPublish(messageStreamId);
        connection.listener().onPublishStarted(connection, claimed.stream());
        claimed.stream().end().thenAccept(reason -> connection.run(() -> ended(reason)));
    }

    private void ended(EndReason reason) {
        dismiss(reason);
        connection.settle();
    }

    /** Takes a message of the publisher. */
    void media(SessionEvent.MediaReceived event) {
        if (publication.isEmpty() || over) {
            connection.countIgnored();
            return;
        }
        try {
            MediaFrame frame = frame(event);
            guarded(() -> publication.get().publish(frame));
        } catch (MalformedException e) {
            LOG.debug("Connection {}: message ignored: {}", connection.id(), e.getMessage());
            connection.countIgnored();
        }
    }

    private MediaFrame frame(SessionEvent.MediaReceived event) throws MalformedException {
        long timestampMillis = unwrapper.other(event.timestampMillis());
        MediaFrame frame = switch (event.kind()) {
            case AUDIO -> FlvFrames.audio(timestampMillis, event.payload());
            case VIDEO -> FlvFrames.video(timestampMillis, event.payload());
            case DATA -> DataMessages.frame(timestampMillis, event.payload(), connection.limits().amf());
        };
        if (frame.role() == FrameRole.METADATA && !metadataRate.allows(connection.nowMillis())) {
            throw new MalformedException("more metadata than the limit allows in a second");
        }
        if (frame.kind() != MediaKind.DATA) {
            lastMediaMillis = connection.nowMillis();
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
            LOG.warn("The publication of connection {} failed", connection.id(), e);
            connection.countIgnored();
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
        if (question.isPresent() && question.get().isOverdue(nowMillis)) {
            question.get().abandon();
            refuse(Status.PUBLISH_REJECTED, "No answer in time.");
        } else if (publication.isPresent() && nowMillis - lastMediaMillis >= idleMillis) {
            dismiss(EndReason.IDLE);
        }
    }

    @Override
    public void stop(EndReason reason) {
        if (over) {
            return;
        }
        over = true;
        question.ifPresent(Question::abandon);
        publication.ifPresent(mine -> {
            guarded(mine::flush);
            guarded(() -> mine.close(reason));
            connection.listener().onPublishStopped(connection, mine.stream(), mine.stream().endReason().orElse(reason));
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
        connection.session().endPublish(messageStreamId, status);
        connection.closing(new CloseReason(reason == EndReason.IDLE ? Cause.PUBLISHER_IDLE : Cause.STREAM_ENDED, "stream ended: " + reason));
    }
}
