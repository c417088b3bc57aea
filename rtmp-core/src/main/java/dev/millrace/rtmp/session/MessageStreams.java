package dev.millrace.rtmp.session;

import dev.millrace.rtmp.session.MessageStream.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The message streams of one client, of which there are few: nearly always one. */
final class MessageStreams {

    private final int most;
    private final List<MessageStream> streams = new ArrayList<>(1);

    MessageStreams(int most) {
        this.most = most;
    }

    /** Makes a stream with the lowest identifier that is free, unless there are too many. */
    Optional<MessageStream> create() {
        if (streams.size() == most) {
            return Optional.empty();
        }
        int id = 1;
        while (get(id).isPresent()) {
            id++;
        }
        MessageStream stream = new MessageStream(id);
        streams.add(stream);
        return Optional.of(stream);
    }

    Optional<MessageStream> get(int id) {
        for (MessageStream stream : streams) {
            if (stream.id == id) {
                return Optional.of(stream);
            }
        }
        return Optional.empty();
    }

    Optional<MessageStream> get(int id, State state) {
        return get(id).filter(stream -> stream.state == state);
    }

    Optional<MessageStream> remove(int id) {
        Optional<MessageStream> removed = get(id);
        removed.ifPresent(streams::remove);
        return removed;
    }

    Optional<MessageStream> publishing(String name) {
        return streams.stream().filter(stream -> stream.state == State.PUBLISHING && stream.name.equals(name)).findFirst();
    }

    /** Whether nothing is published or played, or about to be. */
    boolean allIdle() {
        return streams.stream().allMatch(stream -> stream.state == State.IDLE);
    }
}
