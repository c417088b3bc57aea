package dev.millrace.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.media.Cancellable;
import dev.millrace.media.EndReason;
import dev.millrace.media.FrameInfo;
import dev.millrace.media.MediaFrame;
import dev.millrace.rtmp.stream.LiveStream;
import dev.millrace.rtmp.stream.Publication;
import dev.millrace.rtmp.stream.PublishOptions;
import dev.millrace.rtmp.stream.SlowPolicy;
import dev.millrace.rtmp.stream.StreamBusyException;
import dev.millrace.rtmp.stream.StreamListener;
import dev.millrace.rtmp.stream.StreamName;
import dev.millrace.rtmp.stream.StreamOptions;
import dev.millrace.rtmp.stream.StreamRegistry;
import dev.millrace.rtmp.stream.Takeover;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link StreamRegistry}: names, owners and the end of streams. A host tests its own registry with one
 * subclass:
 *
 * <pre>{@code
 * class LockedRegistryTest extends StreamRegistryContract {
 *     protected StreamRegistry createRegistry() {
 *         return new LockedRegistry(StreamRegistry.inMemory());
 *     }
 * }
 * }</pre>
 *
 * <p>Stages may complete on any thread; a test fails if one takes more than 30 seconds. Tests run in the order and on the
 * threads that JUnit chooses; each gets a registry of its own.
 */
public abstract class StreamRegistryContract {

    private static final StreamName NAME = new StreamName("live/contract");
    private static final StreamName OTHER = new StreamName("live/other");
    private static final int RACES = 1_000;

    private static final MediaFrame DATA = MediaFrame.copyOf(FrameInfo.DATA, 0, new byte[] {2, 0, 1, 'a'});

    private StreamRegistry registry;

    /** Creates the tests; JUnit creates an instance for each of them. */
    protected StreamRegistryContract() {}

    /**
     * Creates the registry that a test uses. Called once for each test.
     *
     * @return a registry without streams
     */
    protected abstract StreamRegistry createRegistry();

    @BeforeEach
    final void create() {
        registry = createRegistry();
    }

    private static <T> T await(CompletionStage<T> stage) throws ExecutionException, InterruptedException, TimeoutException {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private Publication publish(StreamName name) throws Exception {
        return await(registry.publish(name, StreamOptions.DEFAULT));
    }

    private Optional<LiveStream> find(StreamName name) throws Exception {
        return await(registry.find(name));
    }

    private void assertBusy(StreamName name) {
        ExecutionException e = assertThrows(ExecutionException.class, () -> publish(name));
        assertInstanceOf(StreamBusyException.class, e.getCause());
    }

    @Test
    void isEmptyAtFirst() throws Exception {
        assertEquals(Optional.empty(), find(NAME));
        assertTrue(registry.streams().isEmpty());
    }

    @Test
    void findsAndListsWhatIsPublished() throws Exception {
        Publication publication = publish(NAME);
        Publication other = publish(OTHER);

        assertEquals(NAME, publication.stream().streamName());
        assertSame(publication.stream(), find(NAME).orElseThrow());
        assertSame(other.stream(), find(OTHER).orElseThrow());
        assertEquals(List.of(publication.stream(), other.stream()),
                registry.streams().stream().sorted((a, b) -> a.streamName().path().compareTo(b.streamName().path())).toList());
    }

    @Test
    void keepsTheOptionsOfTheStream() throws Exception {
        StreamOptions options = StreamOptions.DEFAULT.withSlow(SlowPolicy.close(Duration.ofSeconds(8)));
        assertEquals(options, await(registry.publish(NAME, options)).stream().options());
    }

    @Test
    void refusesASecondPublisherAndLeavesTheFirstAlone() throws Exception {
        Publication first = publish(NAME);
        assertBusy(NAME);
        assertEquals(Optional.empty(), first.stream().endReason());
        assertSame(first.stream(), find(NAME).orElseThrow());
        assertEquals(1, registry.streams().size());
    }

    @Test
    void laterPublicationsHaveHigherEpochs() throws Exception {
        Publication first = publish(NAME);
        assertTrue(first.epoch() > 0, () -> "epoch " + first.epoch());
        first.close();
        Publication second = publish(NAME);
        assertTrue(second.epoch() > first.epoch(), () -> second.epoch() + " after " + first.epoch());
        Publication third = await(takeOver(Takeover.ALWAYS));
        assertTrue(third.epoch() > second.epoch(), () -> third.epoch() + " after " + second.epoch());
        assertEquals(third.epoch(), third.epoch());
    }

    @Test
    void dropsAndCountsWritesOfAnOlderEpoch() throws Exception {
        Publication first = publish(NAME);
        first.publish(DATA);
        Publication second = await(takeOver(Takeover.ALWAYS));
        first.publish(DATA);
        first.publish(DATA);
        first.flush();
        second.publish(DATA);
        second.flush();
        assertEquals(1, first.stream().statistics().dataMessages());
        assertEquals(2, first.stream().statistics().ignoredFrames());
        assertEquals(1, second.stream().statistics().dataMessages());
        assertEquals(0, second.stream().statistics().ignoredFrames());
    }

    @Test
    void endsAStreamOnceWithTheFirstReason() throws Exception {
        Publication publication = publish(NAME);
        List<EndReason> ends = new CopyOnWriteArrayList<>();
        CompletionStage<Void> told = publication.stream().end().thenAccept(ends::add);
        publication.close(EndReason.CONNECTION_LOST);
        publication.close(EndReason.UNPUBLISHED);
        publication.stream().close(EndReason.CLOSED_BY_HOST);
        await(told);
        assertEquals(List.of(EndReason.CONNECTION_LOST), ends);
        assertEquals(Optional.of(EndReason.CONNECTION_LOST), publication.stream().endReason());
    }

    private CompletionStage<Publication> takeOver(Takeover takeover) {
        return registry.publish(NAME, PublishOptions.DEFAULT.withTakeover(takeover));
    }

    @Test
    void aPublisherThatMayTakesTheNameOfAnother() throws Exception {
        Publication first = publish(NAME);
        Publication second = await(takeOver(Takeover.ALWAYS));
        assertEquals(Optional.of(EndReason.TAKEN_OVER), first.stream().endReason());
        assertSame(second.stream(), find(NAME).orElseThrow());
        assertEquals(1, registry.streams().size());
        first.close();
        assertEquals(Optional.empty(), second.stream().endReason());
    }

    @Test
    void aPublisherThatIsNotIdleKeepsItsName() throws Exception {
        Publication first = publish(NAME);
        ExecutionException e = assertThrows(ExecutionException.class, () -> await(takeOver(Takeover.ifIdle(Duration.ofDays(1)))));
        assertInstanceOf(StreamBusyException.class, e.getCause());
        assertSame(first.stream(), find(NAME).orElseThrow());
        assertEquals(Optional.empty(), first.stream().endReason());
    }

    @Test
    void aPublisherThatMayTakeANameGetsAFreeOne() throws Exception {
        StreamOptions options = StreamOptions.DEFAULT.withSlow(SlowPolicy.close(Duration.ofSeconds(8)));
        Publication publication = await(registry.publish(NAME, new PublishOptions(options, Takeover.ALWAYS, /* resume= */ true)));
        assertSame(publication.stream(), find(NAME).orElseThrow());
        assertEquals(options, publication.stream().options());
    }

    @Test
    void freesTheNameWhenThePublisherCloses() throws Exception {
        Publication first = publish(NAME);
        first.close();
        assertEquals(Optional.empty(), find(NAME));
        assertTrue(registry.streams().isEmpty());

        Publication second = publish(NAME);
        assertSame(second.stream(), find(NAME).orElseThrow());
        assertEquals(EndReason.UNPUBLISHED, first.stream().endReason().orElseThrow());
    }

    @Test
    void freesTheNameWhenTheStreamIsClosed() throws Exception {
        Publication first = publish(NAME);
        first.stream().close(EndReason.TAKEN_OVER);
        assertEquals(Optional.empty(), find(NAME));

        Publication second = publish(NAME);
        first.close();
        assertSame(second.stream(), find(NAME).orElseThrow(), "what ended before must not take the name from its successor");
        assertEquals(Optional.empty(), second.stream().endReason());
        assertBusy(NAME);
    }

    @Test
    void theNameIsFreeForWhoHearsOfTheEnd() throws Exception {
        Publication first = publish(NAME);
        CompletionStage<Publication> second = first.stream().end().thenCompose(reason -> registry.publish(NAME, StreamOptions.DEFAULT));
        first.close();
        assertSame(await(second).stream(), find(NAME).orElseThrow());
    }

    @Test
    void reportsStartAndEndOfEachStream() throws Exception {
        List<String> events = new CopyOnWriteArrayList<>();
        Cancellable listening = registry.addListener(recording(events));
        Publication first = publish(NAME);
        assertEquals(List.of("start live/contract"), events, "the start is reported before the publisher can write");
        first.close(EndReason.IDLE);
        await(first.stream().end());
        assertEquals(List.of("start live/contract", "end live/contract IDLE"), events);

        Publication second = publish(NAME);
        second.stream().close(EndReason.CLOSED_BY_HOST);
        second.close();
        await(second.stream().end());
        assertEquals(List.of("start live/contract", "end live/contract CLOSED_BY_HOST"), events.subList(2, events.size()));

        listening.cancel();
        publish(NAME).close();
        assertEquals(4, events.size());
    }

    private static StreamListener recording(List<String> events) {
        return new StreamListener() {
            @Override
            public void onStreamStarted(LiveStream stream) {
                events.add("start " + stream.streamName());
            }

            @Override
            public void onStreamEnded(LiveStream stream, EndReason reason) {
                events.add("end " + stream.streamName() + " " + reason);
            }
        };
    }

    @Test
    void reportsNoStartOfARefusedPublisher() throws Exception {
        publish(NAME);
        List<String> events = new CopyOnWriteArrayList<>();
        registry.addListener(recording(events));
        assertBusy(NAME);
        assertEquals(List.of(), events);
    }

    @Test
    void isolatesListenersThatFail() throws Exception {
        StreamListener failing = new StreamListener() {
            @Override
            public void onStreamStarted(LiveStream stream) {
                throw new IllegalStateException("start, thrown by a test");
            }

            @Override
            public void onStreamEnded(LiveStream stream, EndReason reason) {
                throw new LinkageError("end, thrown by a test");
            }
        };
        List<String> events = new CopyOnWriteArrayList<>();
        registry.addListener(failing);
        registry.addListener(recording(events));
        registry.addListener(failing);
        Publication publication = publish(NAME);
        publication.close();
        await(publication.stream().end());
        assertEquals(List.of("start live/contract", "end live/contract UNPUBLISHED"), events);
    }

    @Test
    void callsAListenerOnceForEachTimeItWasAdded() throws Exception {
        List<String> events = new CopyOnWriteArrayList<>();
        StreamListener listener = recording(events);
        registry.addListener(listener);
        Cancellable again = registry.addListener(listener);
        publish(NAME);
        again.cancel();
        publish(OTHER);
        assertEquals(List.of("start live/contract", "start live/contract", "start live/other"), events);
    }

    /** The listener closes the stream while its start is reported, and publishes again at its end. */
    @Test
    void reportsTheStartBeforeTheEndIfAListenerClosesTheStream() throws Exception {
        List<String> events = new CopyOnWriteArrayList<>();
        registry.addListener(new StreamListener() {
            @Override
            public void onStreamStarted(LiveStream stream) {
                stream.close(EndReason.CLOSED_BY_HOST);
                events.add("start");
            }

            @Override
            public void onStreamEnded(LiveStream stream, EndReason reason) {
                events.add("end " + reason);
            }
        });
        Publication publication = publish(NAME);
        await(publication.stream().end());
        assertEquals(List.of("start", "end CLOSED_BY_HOST"), events);
        assertEquals(Optional.empty(), find(NAME));
    }

    @Test
    void reportsTheEndBeforeTheStartOfTheNextPublisher() throws Exception {
        List<String> events = new CopyOnWriteArrayList<>();
        registry.addListener(recording(events));
        Publication first = publish(NAME);
        CompletionStage<Publication> second = first.stream().end().thenCompose(reason -> registry.publish(NAME, StreamOptions.DEFAULT));
        first.close();
        await(second);
        assertEquals(List.of("start live/contract", "end live/contract UNPUBLISHED", "start live/contract"), events);
    }

    @Test
    void tellsThoseWhoWaitForAName() throws Exception {
        CompletableFuture<LiveStream> found = new CompletableFuture<>();
        Cancellable watch = registry.watch(NAME, () -> registry.find(NAME).thenAccept(stream -> stream.ifPresent(found::complete)));
        Publication publication = publish(NAME);
        assertSame(publication.stream(), await(found));
        watch.cancel();
        watch.cancel();
    }

    /** Two claim a name at the same instant: one owner, and the loser is told so. */
    @Test
    void hasOneOwnerWhenTwoClaimANameAtOnce() throws Exception {
        ExecutorService claimants = Executors.newFixedThreadPool(2);
        try {
            for (int i = 0; i < RACES; i++) {
                race(claimants);
            }
        } finally {
            claimants.shutdownNow();
        }
    }

    private void race(ExecutorService claimants) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Publication>> claims = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            claims.add(claimants.submit(() -> {
                start.await();
                return publish(NAME);
            }));
        }
        start.countDown();
        List<Publication> owners = new ArrayList<>();
        for (Future<Publication> claim : claims) {
            try {
                owners.add(claim.get(30, TimeUnit.SECONDS));
            } catch (ExecutionException e) {
                assertInstanceOf(StreamBusyException.class, e.getCause().getCause(), () -> "not a refusal: " + e);
            }
        }
        assertEquals(1, owners.size());
        assertSame(owners.get(0).stream(), find(NAME).orElseThrow());
        assertEquals(1, registry.streams().size());
        owners.get(0).close();
        assertEquals(Optional.empty(), find(NAME));
    }
}
