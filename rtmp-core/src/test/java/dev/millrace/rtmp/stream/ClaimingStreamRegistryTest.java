package dev.millrace.rtmp.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.media.EndReason;
import dev.millrace.rtmp.ByteBudget;
import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two processes that share names. The claims are answered at once, or when the test says so. */
@Timeout(60)
class ClaimingStreamRegistryTest {

    private static final StreamName NAME = new StreamName("live/cam");
    private static final PublishOptions TAKING = PublishOptions.DEFAULT.withTakeover(Takeover.ALWAYS);

    private final TestClaims claims = new TestClaims();
    private final ManualTime time = new ManualTime();
    private final StreamRegistry local =
            StreamRegistry.inMemory(new StreamResources(new ByteBudget(1 << 20), ByteBufAllocator.DEFAULT, time, time));
    private final StreamRegistry one = StreamRegistry.claiming(local, claims.of("one"));
    private final StreamRegistry two = StreamRegistry.claiming(StreamRegistry.inMemory(), claims.of("two"));

    private static CompletableFuture<Publication> publish(StreamRegistry registry, PublishOptions options) {
        return registry.publish(NAME, options).toCompletableFuture().orTimeout(30, TimeUnit.SECONDS);
    }

    private static Publication publish(StreamRegistry registry) {
        return publish(registry, PublishOptions.DEFAULT).join();
    }

    private static void assertBusy(CompletableFuture<Publication> publication) {
        CompletionException e = assertThrows(CompletionException.class, publication::join);
        assertInstanceOf(StreamBusyException.class, e.getCause());
    }

    @Test
    void aNameHasOnePublisherInAllProcesses() {
        Publication first = publish(one);
        assertEquals(Optional.of("one 1"), claims.owner(NAME));
        assertBusy(publish(one, PublishOptions.DEFAULT));
        assertBusy(publish(two, TAKING));
        assertEquals(List.of("one claims live/cam", "two claims live/cam"), claims.calls);
        first.close();
        assertEquals(Optional.empty(), claims.owner(NAME));
        Publication second = publish(two);
        first.close();
        first.stream().close(EndReason.CLOSED_BY_HOST);
        assertEquals(Optional.of("two 2"), claims.owner(NAME), "an older stream must not release the name of its successor");
        second.close();
        assertEquals(Optional.empty(), claims.owner(NAME));
    }

    @Test
    void theReasonOfARefusalIsPassedOn() {
        publish(one);
        CompletionException e = assertThrows(CompletionException.class, publish(two, PublishOptions.DEFAULT)::join);
        assertEquals("stream live/cam is busy: one has it", e.getCause().getMessage());
    }

    @Test
    void theNameIsFreeElsewhereForWhoHearsOfTheEnd() {
        Publication first = publish(one);
        claims.slow = true;
        List<String> events = new ArrayList<>();
        one.addListener(new StreamListener() {
            @Override
            public void onStreamEnded(LiveStream stream, EndReason reason) {
                events.add("ended " + claims.owner(NAME).isPresent());
            }
        });
        CompletableFuture<Publication> second =
                first.stream().end().thenCompose(reason -> two.publish(NAME, PublishOptions.DEFAULT)).toCompletableFuture();
        first.close();
        assertEquals(Optional.of(EndReason.UNPUBLISHED), first.stream().endReason());
        assertFalse(first.stream().end().toCompletableFuture().isDone());
        assertEquals(Optional.empty(), one.find(NAME).toCompletableFuture().join());
        assertEquals(List.of(), List.copyOf(one.streams()));
        claims.answer();
        assertEquals(List.of("ended false"), events);
        claims.answer();
        assertEquals(Optional.of("two 2"), claims.owner(NAME));
        assertEquals(Optional.empty(), second.join().stream().endReason());
    }

    @Test
    void whoPublishesWhileTheNameIsReleasedWaitsForIt() {
        Publication first = publish(one);
        claims.slow = true;
        first.close();
        CompletableFuture<Publication> second = publish(one, PublishOptions.DEFAULT);
        assertFalse(second.isDone());
        assertEquals(1, claims.waiting());
        claims.answer();
        claims.answer();
        assertSame(second.join().stream(), one.find(NAME).toCompletableFuture().join().orElseThrow());
        assertEquals(List.of("one claims live/cam", "one releases 1", "one claims live/cam"), claims.calls);
    }

    @Test
    void aTakeoverTransfersTheClaim() {
        Publication first = publish(one);
        Publication second = publish(one, TAKING).join();
        assertEquals(Optional.of(EndReason.TAKEN_OVER), first.stream().endReason());
        assertTrue(first.stream().end().toCompletableFuture().isDone());
        assertEquals(Optional.of("one 2"), claims.owner(NAME));
        assertBusy(publish(two, TAKING));
        second.close();
        assertEquals(Optional.empty(), claims.owner(NAME));
        assertEquals(
                List.of("one claims live/cam", "one transfers 1", "two claims live/cam", "one releases 2"), claims.calls);
    }

    /** The stream ends while its claim is on the way to the next publisher: the name is not released in between. */
    @Test
    void aStreamThatEndsDuringATransferReleasesNothing() {
        Publication first = publish(one);
        claims.slow = true;
        CompletableFuture<Publication> second = publish(one, TAKING);
        first.close();
        assertTrue(first.stream().end().toCompletableFuture().isDone());
        claims.answer();
        assertEquals(Optional.empty(), second.join().stream().endReason());
        assertEquals(List.of("one claims live/cam", "one transfers 1"), claims.calls);
        assertEquals(0, claims.waiting());
    }

    @Test
    void aTransferThatFailsLeavesTheNameToItsOwner() {
        Publication first = publish(one);
        claims.failure = Optional.of(new IllegalStateException("transfer, thrown by a test"));
        CompletionException e = assertThrows(CompletionException.class, publish(one, TAKING)::join);
        assertEquals("transfer, thrown by a test", e.getCause().getMessage());
        assertEquals(Optional.empty(), first.stream().endReason());
        first.close();
        assertEquals(Optional.empty(), claims.owner(NAME));
    }

    @Test
    void aClaimLostDuringATransferEndsItsStream() {
        Publication first = publish(one);
        claims.slow = true;
        CompletableFuture<Publication> second = publish(one, TAKING);
        claims.lose(NAME, EndReason.FAILED);
        claims.answer();
        assertThrows(CompletionException.class, second::join);
        assertEquals(Optional.of(EndReason.FAILED), first.stream().endReason());
        assertEquals(List.of("one claims live/cam", "one transfers 1"), claims.calls);
    }

    /** It ends while its claim is on the way to the next, who then does not get the name: nobody else would release the claim. */
    @Test
    void aClaimThatNeitherStreamNeedsIsReleased() {
        Publication first = publish(one);
        time.advance(10_000);
        claims.slow = true;
        CompletableFuture<Publication> second = publish(one, PublishOptions.DEFAULT.withTakeover(Takeover.ifIdle(Duration.ofSeconds(5))));
        first.close();
        Publication copy = local.publish(NAME, StreamOptions.DEFAULT).toCompletableFuture().join();
        claims.answer();
        claims.answer();
        assertBusy(second);
        assertEquals(List.of("one claims live/cam", "one transfers 1", "one releases 2"), claims.calls);
        assertEquals(Optional.empty(), claims.owner(NAME));
        copy.close();
    }

    /** It sends again while its claim is on the way to the next: it keeps its name, with the new claim. */
    @Test
    void aStreamThatIsNotTakenOverAfterAllGetsTheNewClaim() {
        Publication first = publish(one);
        time.advance(10_000);
        claims.slow = true;
        CompletableFuture<Publication> second = publish(one, PublishOptions.DEFAULT.withTakeover(Takeover.ifIdle(Duration.ofSeconds(5))));
        first.publish(Frames.audio(0));
        claims.answer();
        assertBusy(second);
        claims.loseVoid(1);
        assertEquals(Optional.empty(), first.stream().endReason());
        assertEquals(Optional.of("one 2"), claims.owner(NAME));
        claims.lose(NAME, EndReason.TAKEN_OVER);
        assertEquals(Optional.of(EndReason.TAKEN_OVER), first.stream().endReason());
        assertEquals(List.of("one claims live/cam", "one transfers 1"), claims.calls);
        first.close();
    }

    @Test
    void aStreamThatEndsGivesItsClaimToThePublisherThatWaits() {
        claims.slow = true;
        CompletableFuture<Publication> first = publish(one, PublishOptions.DEFAULT);
        CompletableFuture<Publication> second = publish(one, PublishOptions.DEFAULT);
        first.thenAccept(Publication::close);
        claims.answer();
        claims.answer();
        assertEquals(Optional.empty(), second.join().stream().endReason());
        assertTrue(first.join().stream().end().toCompletableFuture().isDone());
        assertEquals(List.of("one claims live/cam", "one transfers 1"), claims.calls);
    }

    /** As before, but the transfer is answered when its turn is over, and that of the release too: a third publisher has its turn. */
    @Test
    void aClaimThatComesBackTooLateIsReleased() throws Exception {
        CountDownLatch turns = new CountDownLatch(2);
        NameClaims counted = name -> {
            CompletionStage<NameClaims.Claim> claim = claims.of("one").claim(name);
            turns.countDown();
            return claim;
        };
        StreamRegistry registry = new ClaimingStreamRegistry(local, counted, Duration.ofMillis(20));
        claims.slow = true;
        CompletableFuture<Publication> first = publish(registry, PublishOptions.DEFAULT);
        CompletableFuture<Publication> second = publish(registry, PublishOptions.DEFAULT);
        first.thenAccept(Publication::close);
        claims.answer();
        CompletableFuture<Publication> third = publish(registry, PublishOptions.DEFAULT);
        assertTrue(turns.await(30, TimeUnit.SECONDS));
        Publication copy = local.publish(NAME, StreamOptions.DEFAULT).toCompletableFuture().join();
        claims.answer();
        claims.answer();
        claims.answer();
        assertBusy(second);
        assertBusy(third);
        assertEquals(List.of("one claims live/cam", "one transfers 1", "one releases 2", "one claims live/cam"), claims.calls);
        assertEquals(Optional.empty(), claims.owner(NAME));
        copy.close();
    }

    /** A copy that was pulled from elsewhere has the name in this process. */
    @Test
    void aClaimIsReleasedIfTheNameIsTakenHere() {
        Publication copy = local.publish(NAME, StreamOptions.DEFAULT).toCompletableFuture().join();
        assertBusy(publish(one, PublishOptions.DEFAULT));
        assertEquals(Optional.empty(), claims.owner(NAME));
        copy.close();
        publish(one).close();
    }

    @Test
    void aClaimThatIsLostEndsTheStream() {
        Publication publication = publish(one);
        claims.lose(NAME, EndReason.TAKEN_OVER);
        assertEquals(EndReason.TAKEN_OVER, publication.stream().end().toCompletableFuture().getNow(EndReason.CANCELLED));
        Publication next = publish(two);
        assertEquals(Optional.of("two 2"), claims.owner(NAME));
        assertEquals(List.of("one claims live/cam", "two claims live/cam"), claims.calls, "a lost claim is not released");
        next.close();
        publish(one).close();
    }

    @Test
    void aReleaseThatFailsDoesNotHoldTheEndUp() {
        Publication publication = publish(one);
        claims.failure = Optional.of(new IllegalStateException("release, thrown by a test"));
        publication.close(EndReason.IDLE);
        assertEquals(EndReason.IDLE, publication.stream().end().toCompletableFuture().getNow(EndReason.CANCELLED));
    }

    @Test
    void aReleaseThatIsNeverAnsweredEndsAfterTheLimit() throws Exception {
        StreamRegistry registry = new ClaimingStreamRegistry(StreamRegistry.inMemory(), claims.of("one"), Duration.ofMillis(20));
        Publication publication = publish(registry);
        claims.slow = true;
        publication.close();
        CompletableFuture<Publication> next = publish(registry, PublishOptions.DEFAULT);
        assertEquals(EndReason.UNPUBLISHED, publication.stream().end().toCompletableFuture().get(30, TimeUnit.SECONDS));
        assertFalse(next.isDone());
    }

    @Test
    void aHostThatAnswersNothingFailsThePublisherAlone() {
        StreamRegistry registry = StreamRegistry.claiming(local, name -> CompletableFuture.completedFuture(null));
        assertInstanceOf(
                NullPointerException.class,
                assertThrows(CompletionException.class, publish(registry, PublishOptions.DEFAULT)::join).getCause());
        assertEquals(List.of(), List.copyOf(local.streams()));
    }

    @Test
    void callsOfManyPublishersDoNotPileUpOnTheStack() {
        claims.slow = true;
        List<CompletableFuture<Publication>> all = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            all.add(publish(one, PublishOptions.DEFAULT));
        }
        assertEquals(1, claims.waiting());
        claims.slow = false;
        claims.answer();
        assertEquals(1, all.stream().filter(publication -> !publication.isCompletedExceptionally()).count());
        all.subList(1, all.size()).forEach(ClaimingStreamRegistryTest::assertBusy);
    }
}
