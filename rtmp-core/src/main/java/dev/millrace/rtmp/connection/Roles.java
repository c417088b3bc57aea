package dev.millrace.rtmp.connection;

import dev.millrace.media.EndReason;
import dev.millrace.rtmp.session.SessionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What one client does on each of its message streams: brings the session's events to the roles. Confined to the connection's executor. */
final class Roles {

    private final ConnectionContext context;
    private final ConnectionTransport transport;

    /** Made anew at each change, so that a role may leave while all are called. */
    private List<Role> all = List.of();

    Roles(ConnectionContext context, ConnectionTransport transport) {
        this.context = context;
        this.transport = transport;
    }

    void onEvent(SessionEvent event) {
        if (event instanceof SessionEvent.MediaReceived media) {
            role(media.messageStreamId(), PublishRole.class).ifPresent(role -> role.media(media));
        } else if (event instanceof SessionEvent.PublishRequested publish) {
            PublishRole role = new PublishRole(context, publish.messageStreamId());
            put(role);
            role.begin(publish);
        } else if (event instanceof SessionEvent.PlayRequested play) {
            PlayRole role = new PlayRole(context, transport, play.messageStreamId());
            put(role);
            role.begin(play);
        } else if (event instanceof SessionEvent.PublishStopped stopped) {
            remove(stopped.messageStreamId()).ifPresent(role -> role.stop(EndReason.UNPUBLISHED));
        } else if (event instanceof SessionEvent.PlayStopped stopped) {
            remove(stopped.messageStreamId()).ifPresent(role -> role.stop(EndReason.CANCELLED));
        } else if (event instanceof SessionEvent.PauseChanged change) {
            role(change.messageStreamId(), PlayRole.class).ifPresent(role -> role.pause(change.paused()));
        } else if (event instanceof SessionEvent.ReceiveChanged change) {
            role(change.messageStreamId(), PlayRole.class).ifPresent(role -> role.receive(change.kind(), change.wanted()));
        }
        // The length of a player's buffer changes nothing here: what is late stays in the ring, not in a queue.
    }

    /** In place of the one before on its message stream. */
    private void put(Role role) {
        remove(role.messageStreamId());
        List<Role> more = new ArrayList<>(all);
        more.add(role);
        all = List.copyOf(more);
    }

    private Optional<Role> remove(int messageStreamId) {
        Optional<Role> removed = role(messageStreamId, Role.class);
        removed.ifPresent(role -> all = all.stream().filter(other -> other != role).toList());
        return removed;
    }

    private <T extends Role> Optional<T> role(int messageStreamId, Class<T> type) {
        for (Role role : all) {
            if (role.messageStreamId() == messageStreamId) {
                return type.isInstance(role) ? Optional.of(type.cast(role)) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Tells each of those that are there now; what it does may add or remove some. */
    void forEach(Consumer<Role> call) {
        all.forEach(call);
    }

    /** How long all of them can do without input: no role, no rest. */
    long restMillis() {
        return all.stream().mapToLong(Role::restMillis).min().orElse(0);
    }

    void stopAll(EndReason reason) {
        forEach(role -> role.stop(reason));
        all = List.of();
    }
}
