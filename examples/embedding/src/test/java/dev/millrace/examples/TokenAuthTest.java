package dev.millrace.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import dev.millrace.rtmp.message.Status;
import dev.millrace.rtmp.server.RtmpServer;
import dev.millrace.rtmp.stream.LiveStream;
import dev.millrace.rtmp.stream.StreamName;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TokenAuthTest {

    private static final String SECRET = "s3cr3t";
    private static final StreamName PUBLIC = new StreamName("live/cam");

    private Optional<RtmpServer> server = Optional.empty();

    private int start(TokenAuth.StreamKeys keys) {
        server = Optional.of(TokenAuth.start(0, keys));
        return server.get().activePort();
    }

    /** Answers from another thread. */
    private static CompletableFuture<Optional<StreamName>> find(String key) {
        return CompletableFuture.supplyAsync(() -> key.equals(SECRET) ? Optional.of(PUBLIC) : Optional.empty());
    }

    @AfterEach
    void stop() throws Exception {
        if (server.isPresent()) {
            server.get().close().get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void theKeyBecomesAPublicNameWhichIsAllThatPlayersKnow() throws Exception {
        int port = start(TokenAuthTest::find);
        MediaFrame picture = TestClient.video(0, 100, /* keyframe= */ true);
        try (TestClient publisher = TestClient.publisher(port, SECRET); TestClient player = TestClient.player(port, "cam")) {
            publisher.send(picture);
            player.await(() -> !player.media(MediaKind.VIDEO).isEmpty());
            assertEquals(TestClient.coded(List.of(picture)), player.received());
            assertEquals(List.of(PUBLIC), server.orElseThrow().registry().streams().stream().map(LiveStream::streamName).toList());
        }
        try (TestClient curious = TestClient.connect(port)) {
            curious.session().play(SECRET);
            curious.awaitStatus(Status.PLAY_STREAM_NOT_FOUND);
            curious.awaitEnd();
        }
    }

    @Test
    void anUnknownKeyIsRefusedInWords() throws Exception {
        int port = start(TokenAuthTest::find);
        try (TestClient publisher = TestClient.connect(port)) {
            publisher.session().publish("cam");
            assertEquals("This stream key is not known. Please copy it again.", publisher.awaitStatus(Status.PUBLISH_REJECTED).description());
            publisher.awaitEnd();
        }
        assertTrue(server.orElseThrow().registry().streams().isEmpty());
    }

    @Test
    void aDatabaseThatThinksHoldsUpNobodyElse() throws Exception {
        CompletableFuture<Optional<StreamName>> answer = new CompletableFuture<>();
        CompletableFuture<Void> asked = new CompletableFuture<>();
        int port = start(key -> {
            if (key.equals("slow")) {
                asked.complete(null);
                return answer;
            }
            return find(key);
        });
        try (TestClient slow = TestClient.connect(port)) {
            FutureTask<TestClient> publishing = new FutureTask<>(() -> slow.publish("slow"));
            new Thread(publishing, "slow publisher").start();
            asked.get(30, TimeUnit.SECONDS);
            try (TestClient quick = TestClient.publisher(port, SECRET)) {
                assertEquals(1, server.orElseThrow().registry().streams().size());
                quick.session().stop(1, SECRET);
                quick.awaitStatus(Status.UNPUBLISH_SUCCESS);
            }
            assertFalse(publishing.isDone());
            answer.completeAsync(() -> Optional.of(new StreamName("live/other")));
            publishing.get(30, TimeUnit.SECONDS);
            assertEquals("live/other", server.orElseThrow().registry().streams().iterator().next().streamName().path());
        }
    }

    @Test
    void anEncoderThatComesBackIsNotRefused() throws Exception {
        int port = start(TokenAuthTest::find);
        try (TestClient before = TestClient.publisher(port, SECRET); TestClient after = TestClient.publisher(port, SECRET)) {
            assertEquals("Another publisher took over.", before.awaitStatus(Status.PUBLISH_REJECTED).description());
            after.send(TestClient.firstPictures());
            assertEquals(1, server.orElseThrow().registry().streams().size());
        }
    }

    /** The program itself, with all logs that there are. */
    @Test
    void keysAreInNoLog() throws Exception {
        Process program = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace", "-Dorg.slf4j.simpleLogger.log.io.netty=warn",
                "-cp", System.getProperty("java.class.path"), "dev.millrace.examples.TokenAuth", "0").redirectErrorStream(true).start();
        // A line that does not come is not waited for for ever.
        CompletableFuture.delayedExecutor(TestClient.PATIENCE_MILLIS, TimeUnit.MILLISECONDS).execute(program::destroyForcibly);
        List<String> seen = new ArrayList<>();
        try (BufferedReader output = program.inputReader()) {
            int port = Integer.parseInt(await(output, "Publish to ", seen).replaceAll(".*localhost:(\\d+)/.*", "$1"));
            try (TestClient good = TestClient.publisher(port, "k3y-0f-anna"); TestClient bad = TestClient.connect(port)) {
                bad.session().publish("k3y-0f-nobody");
                bad.awaitStatus(Status.PUBLISH_REJECTED);
                bad.awaitEnd();
                good.send(TestClient.firstPictures());
                good.session().stop(1, "k3y-0f-anna");
                good.awaitStatus(Status.UNPUBLISH_SUCCESS);
            }
            await(output, "] stops publishing live/anna", seen);
        } finally {
            program.destroyForcibly();
        }
        String log = String.join("\n", seen);
        assertTrue(log.contains(" publishes live/anna"), log);
        assertTrue(log.contains("refused: NetStream.Publish.Rejected"), log);
        assertFalse(log.contains("k3y"), log);
    }

    private static String await(BufferedReader output, String text, List<String> seen) throws Exception {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            seen.add(line);
            if (line.contains(text)) {
                return line;
            }
        }
        throw new AssertionError("no " + text + " in " + seen);
    }
}
