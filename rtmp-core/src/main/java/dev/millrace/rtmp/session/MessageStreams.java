package dev.millrace.rtmp.session;

import dev.millrace.rtmp.session.MessageStream.State;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The message streams of one client. */
final class MessageStreams {

    private final int most;
    private final Map<Integer, MessageStream> streams = new TreeMap<>();

    MessageStreams(int most) {
        this.most = most;
    }

    /** Makes a stream with the lowest identifier that is free, unless there are too many. */
    Optional<MessageStream> create() {
        if (streams.size() == most) {
            return Optional.empty();
        }
        int id = 1;
        while (streams.containsKey(id)) {
            id++;
        }
        MessageStream stream = new MessageStream(id);
        streams.put(id, stream);
        return Optional.of(stream);
    }

    Optional<MessageStream> get(int id) {
        return Optional.ofNullable(streams.get(id));
    }

    Optional<MessageStream> get(int id, State state) {
        return get(id).filter(stream -> stream.state == state);
    }

    Optional<MessageStream> remove(int id) {
        return Optional.ofNullable(streams.remove(id));
    }

    Optional<MessageStream> publishing(String name) {
        return streams.values().stream().filter(stream -> stream.state == State.PUBLISHING && stream.name.equals(name)).findFirst();
    }

    /** Whether nothing is published or played, or about to be. */
    boolean allIdle() {
        return streams.values().stream().allMatch(stream -> stream.state == State.IDLE);
    }
}
