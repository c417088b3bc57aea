package dev.millrace.rtmp.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.millrace.media.EndReason;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import dev.millrace.rtmp.stream.LiveStream;
import dev.millrace.rtmp.stream.Publication;
import dev.millrace.rtmp.stream.StreamName;
import dev.millrace.rtmp.stream.StreamOptions;
import dev.millrace.rtmp.stream.StreamRegistry;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A registry of the host's may bring publications of its own, and they may fail. */
class HostPublicationTest {

    private final Stage stage = new Stage();

    @AfterEach
    void nothingIsHeld() {
        stage.close();
    }

    /** Fails in every method, after it has done its work. */
    private record Failing(Publication real) implements Publication {

        @Override
        public LiveStream stream() {
            return real.stream();
        }

        @Override
        public void publish(MediaFrame frame) {
            real.publish(frame);
            throw new IllegalStateException("on purpose");
        }

        @Override
        public void flush() {
            real.flush();
            throw new IllegalStateException("on purpose");
        }

        @Override
        public void close(EndReason reason) {
            real.close(reason);
            throw new IllegalStateException("on purpose");
        }
    }

    private static StreamRegistry failing(StreamRegistry real) {
        return new StreamRegistry() {
            @Override
            public CompletionStage<Publication> publish(StreamName name, StreamOptions options) {
                return real.publish(name, options).thenApply(Failing::new);
            }

            @Override
            public CompletionStage<Optional<LiveStream>> find(StreamName name) {
                return real.find(name);
            }

            @Override
            public Collection<LiveStream> streams() {
                return real.streams();
            }
        };
    }

    @Test
    void costsNeitherTheConnectionNorItsEvents() {
        stage.registry = failing(stage.registry);
        TestClient publisher = stage.publisher("cam");
        TestClient player = stage.player("cam");
        publisher.send(MediaKind.VIDEO, 0, TestMedia.keyframe(100));
        publisher.send(MediaKind.VIDEO, 40, TestMedia.keyframe(100));
        stage.settle();
        assertFalse(publisher.isClosed());
        assertEquals(2, player.media().size());

        publisher.hangUp();
        stage.settle();
        assertEquals(1, stage.heard.count("published live/cam CONNECTION_LOST"));
        assertEquals(1, stage.heard.count("closed CLIENT_CLOSED"));
        assertEquals(0, stage.registry.streams().size());
    }
}
