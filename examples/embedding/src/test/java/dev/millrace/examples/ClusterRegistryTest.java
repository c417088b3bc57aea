package dev.millrace.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.media.EndReason;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import dev.millrace.rtmp.connection.AccessPolicy;
import dev.millrace.rtmp.connection.PlayDecision;
import dev.millrace.rtmp.connection.PlayRequest;
import dev.millrace.rtmp.message.Status;
import dev.millrace.rtmp.server.RtmpServer;
import dev.millrace.rtmp.stream.LiveStream;
import dev.millrace.rtmp.stream.Publication;
import dev.millrace.rtmp.stream.StreamBusyException;
import dev.millrace.rtmp.stream.StreamName;
import dev.millrace.rtmp.stream.StreamOptions;
import dev.millrace.rtmp.stream.StreamRegistry;
import dev.millrace.rtmp.stream.SubscribeOptions;
import dev.millrace.testkit.StreamRegistryContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Does what the library asks of every registry, and what only one of many nodes can. */
@Timeout(60)
class ClusterRegistryTest extends StreamRegistryContract {

    private static final StreamName NAME = new StreamName("live/cam");

    private final ManualTime time = new ManualTime();
    private final NameDirectory directory = new NameDirectory();
    private final StreamRegistry localOne = StreamRegistry.inMemory();
    private final StreamRegistry localTwo = StreamRegistry.inMemory();
    private final List<String> pulls = new ArrayList<>();

    /** What the next pull of node two waits for. */
    private CompletableFuture<Void> network = CompletableFuture.completedFuture(null);

    private final ClusterRegistry one = node("one", localOne, (name, node, local) -> {
        throw new AssertionError("node one has nothing to pull");
    });
    private final ClusterRegistry two = node("two", localTwo, (name, node, local) -> {
        pulls.add(name + " from " + node);
        return network.thenCompose(up -> ClusterRegistry.pull(localOne, name, local));
    });

    private ClusterRegistry node(String node, StreamRegistry local, ClusterRegistry.Puller puller) {
        return new ClusterRegistry(node, local, directory, puller, time, time);
    }

    @Override
    protected StreamRegistry createRegistry() {
        return one;
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private Publication publish(ClusterRegistry node) throws Exception {
        return await(node.publish(NAME, StreamOptions.DEFAULT));
    }

    private void assertBusy(ClusterRegistry node) {
        assertInstanceOf(StreamBusyException.class, assertThrows(ExecutionException.class, () -> publish(node)).getCause());
    }

    @Test
    void aNameHasOnePublisherInAllNodes() throws Exception {
        Publication first = publish(one);
        assertEquals(Optional.of("one"), await(directory.owner(NAME)));
        assertBusy(one);
        assertBusy(two);
        assertEquals(Optional.of("one"), await(directory.owner(NAME)));
        first.close();
        assertEquals(Optional.empty(), await(directory.owner(NAME)));
        Publication second = publish(two);
        assertBusy(one);
        first.close();
        assertEquals(Optional.of("two"), await(directory.owner(NAME)), "what ended before must not take the name from its successor");
        second.close();
        assertEquals(Optional.empty(), await(directory.owner(NAME)));
    }

    @Test
    void aNodeThatIsNoLongerHeardOfLosesItsStream() throws Exception {
        Publication lost = publish(one);
        directory.expire(NAME);
        assertEquals(EndReason.CLOSED_BY_HOST, await(lost.stream().end()));
        Publication next = publish(two);
        assertEquals(Optional.of("two"), await(directory.owner(NAME)));
        next.close();
    }

    @Test
    void whoPublishesAgainAtOnceKeepsTheName() throws Exception {
        Publication first = publish(one);
        CompletionStage<Publication> second = first.stream().end().thenCompose(reason -> one.publish(NAME, StreamOptions.DEFAULT));
        first.close();
        assertSame(await(second).stream(), await(one.find(NAME)).orElseThrow());
        assertEquals(Optional.of("one"), await(directory.owner(NAME)));
        assertBusy(two);
    }

    @Test
    void aMissIsPulledOnceHoweverManyAsk() throws Exception {
        Publication publication = publish(one);
        network = new CompletableFuture<>();
        List<CompletableFuture<Optional<LiveStream>>> asked = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            asked.add(two.find(NAME).toCompletableFuture());
        }
        assertEquals(List.of("live/cam from one"), pulls);
        assertTrue(asked.stream().noneMatch(CompletableFuture::isDone));
        network.complete(null);
        LiveStream pulled = await(localTwo.find(NAME)).orElseThrow();
        for (CompletableFuture<Optional<LiveStream>> answer : asked) {
            assertSame(pulled, await(answer).orElseThrow());
        }
        assertSame(pulled, await(two.find(NAME)).orElseThrow());
        assertEquals(List.of(pulled), List.copyOf(two.streams()));
        assertEquals(1, pulls.size());

        publication.close(EndReason.IDLE);
        assertEquals(EndReason.IDLE, await(pulled.end()));
        assertEquals(Optional.empty(), await(two.find(NAME)));
    }

    @Test
    void aPullPassesOnWhatComesWhenItComes() throws Exception {
        Publication publication = publish(one);
        LiveStream pulled = await(two.find(NAME)).orElseThrow();
        BlockingQueue<MediaFrame> arrived = new LinkedBlockingQueue<>();
        pulled.subscribe(arrived::add, Runnable::run, SubscribeOptions.EVERYTHING);
        for (MediaFrame frame : List.of(TestClient.video(0, 10, /* keyframe= */ true), TestClient.video(40, 10, /* keyframe= */ false))) {
            publication.publish(frame);
            publication.flush();
            assertSame(frame, arrived.poll(30, TimeUnit.SECONDS));
        }
    }

    @Test
    void whatIsNotThereIsLookedForOnceASecond() throws Exception {
        assertEquals(Optional.empty(), await(two.find(NAME)));
        assertEquals(1, time.waiting());
        Publication publication = publish(one);
        time.advance(999);
        assertEquals(Optional.empty(), await(two.find(NAME)));
        assertTrue(pulls.isEmpty());
        time.advance(1);
        assertTrue(await(two.find(NAME)).isPresent());
        publication.close();
    }

    @Test
    void aPullThatFailsIsTriedAgain() throws Exception {
        publish(one);
        network = CompletableFuture.failedFuture(new IllegalStateException("no route to host"));
        for (int i = 0; i < 5; i++) {
            assertEquals(Optional.empty(), await(two.find(NAME)));
        }
        assertEquals(1, pulls.size());
        network = CompletableFuture.completedFuture(null);
        time.advance(1_000);
        assertTrue(await(two.find(NAME)).isPresent());
        assertEquals(2, pulls.size());
    }

    /** While this node still has the copy, its own publisher has to wait; and then the name must not stay claimed. */
    @Test
    void aClaimIsGivenBackIfTheNameIsTakenHere() throws Exception {
        Publication copy = await(localTwo.publish(NAME, StreamOptions.DEFAULT));
        assertBusy(two);
        assertEquals(Optional.empty(), await(directory.owner(NAME)));
        copy.close();
        publish(two).close();
    }

    @Test
    void aPlayerOfOneNodeSeesThePublisherOfTheOther() throws Exception {
        RtmpServer first = RtmpServer.builder().host("127.0.0.1").port(0).registry(one).build().start().join();
        RtmpServer second = RtmpServer.builder().host("127.0.0.1").port(0).registry(two).access(new AccessPolicy() {
            @Override
            public CompletionStage<PlayDecision> play(PlayRequest request) {
                return CompletableFuture.completedStage(PlayDecision.accept().waitAtMost(Duration.ofSeconds(30)));
            }
        }).build().start().join();
        List<MediaFrame> frames = TestClient.firstPictures();
        try (TestClient publisher = TestClient.publisher(first.activePort(), "cam")) {
            publisher.send(frames);
            try (TestClient player = TestClient.player(second.activePort(), "cam")) {
                long pictures = frames.stream().filter(frame -> frame.kind() == MediaKind.VIDEO).count();
                player.await(() -> player.media(MediaKind.VIDEO).size() == pictures);
                publisher.session().stop(1, "cam");
                publisher.flush();
                player.awaitStatus(Status.PLAY_UNPUBLISH_NOTIFY);
                assertTrue(player.received().containsAll(TestClient.coded(frames)));
            }
        }
        second.close().get(30, TimeUnit.SECONDS);
        first.close().get(30, TimeUnit.SECONDS);
    }
}
