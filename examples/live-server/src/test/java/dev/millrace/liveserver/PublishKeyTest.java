package dev.millrace.liveserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.examples.TestClient;
import dev.millrace.rtmp.message.Status;
import dev.millrace.rtmp.server.RtmpServer;
import dev.millrace.rtmp.stream.StreamName;
import dev.millrace.rtmp.stream.StreamOptions;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who knows the key may publish. */
@Timeout(60)
class PublishKeyTest {

    private Optional<RtmpServer> server = Optional.empty();

    private int start(Optional<String> key) {
        server = Optional.of(RtmpServer.builder().host("127.0.0.1").port(0).access(new PublishKey(key, StreamOptions.DEFAULT)).build());
        server.get().start().join();
        return server.get().activePort();
    }

    @AfterEach
    void stop() throws Exception {
        if (server.isPresent()) {
            server.get().close().get(30, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cam?key=a+b%25", "cam?key=a%2Bb%2525", "cam?user=1&key=a+b%25", "cam?key=no&key=a+b%25"})
    void theKeyOpensAsItIsOrEncoded(String name) throws Exception {
        int port = start(Optional.of("a+b%25"));
        try (TestClient publisher = TestClient.connect(port)) {
            publisher.session().publish(name);
            publisher.awaitStatus(Status.PUBLISH_START);
            assertTrue(server.get().registry().find(new StreamName("live/cam")).toCompletableFuture().join().isPresent());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cam", "cam?", "cam?key=", "cam?key=wrong", "cam?Key=right", "cam?key", "cam?key=right%zz", "cam?xkey=right"})
    void nothingElseDoes(String name) throws Exception {
        int port = start(Optional.of("right"));
        try (TestClient publisher = TestClient.connect(port)) {
            publisher.session().publish(name);
            Status status = publisher.awaitStatus(Status.PUBLISH_REJECTED);
            assertEquals("publishing needs the key of this server: NAME?key=KEY", status.description());
        }
        assertTrue(server.get().registry().streams().isEmpty());
    }

    @Test
    void withoutAKeyEverybodyMay() throws Exception {
        int port = start(Optional.empty());
        try (TestClient publisher = TestClient.connect(port)) {
            publisher.session().publish("cam?key=whatever");
            publisher.awaitStatus(Status.PUBLISH_START);
            assertEquals(1, server.get().registry().streams().size());
        }
    }
}
