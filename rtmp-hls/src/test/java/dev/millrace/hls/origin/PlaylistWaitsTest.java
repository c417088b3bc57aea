package dev.millrace.hls.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.hls.packager.HlsSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PlaylistWaitsTest {

    private static final int MAX_WAITERS = 3;

    private final Answers answers = new Answers(OriginOptions.DEFAULT);
    private final PlaylistWaits waits = new PlaylistWaits(answers, MAX_WAITERS);
    private final TestStream stream = new TestStream();

    /** A request, and the snapshots that it was given: one at most. */
    private static final class Request {
        private final Optional<PlaylistPosition> position;
        private final Exchange exchange;
        private final List<HlsSnapshot> got = new ArrayList<>();

        private Request(Optional<PlaylistPosition> position, Answers answers) {
            this.position = position;
            this.exchange = new Exchange(HlsRequest.get(TestHost.MEDIA), answers);
        }

        private long sequence() {
            return position.map(PlaylistPosition::mediaSequence).orElse(0L);
        }

        private int status() {
            return exchange.answer().join().status();
        }
    }

    private Request await(Optional<PlaylistPosition> position) {
        Request request = new Request(position, answers);
        waits.await(TestHost.PATH, stream, position, request.exchange, snapshot -> {
            request.got.add(snapshot);
            request.exchange.answer(answers.notModified(Map.of()));
        });
        return request;
    }

    private Request await(long sequence) {
        return await(Optional.of(new PlaylistPosition(sequence, OptionalInt.empty())));
    }

    @Test
    void waitsForASegmentOrAPartOfIt() {
        stream.publish((byte) 0);
        Request there = await(0);
        assertEquals(1, there.got.size(), "at once");
        Request whole = await(1);
        Request part = await(Optional.of(new PlaylistPosition(1, OptionalInt.of(2))));
        Request later = await(2);
        stream.publish((byte) 1);
        assertEquals(2, whole.got.get(0).media().nextMediaSequence());
        assertEquals(1, part.got.size());
        assertEquals(List.of(), later.got);
        stream.publish((byte) 2);
        assertEquals(3, later.got.get(0).media().nextMediaSequence());
        assertEquals(0, waits.streams());
    }

    @Test
    void anEndedPlaylistIsNotWaitedFor() {
        stream.publish((byte) 0);
        Request request = await(7);
        stream.list(stream.snapshot().orElseThrow().media().end());
        assertTrue(request.got.get(0).media().ended());
        assertTrue(await(7).got.get(0).media().ended(), "at once");
    }

    @Test
    void theBoundHasAnAnswer() {
        for (int i = 0; i < MAX_WAITERS; i++) {
            await(i);
        }
        Request tooMany = await(0);
        assertEquals(503, tooMany.status());
        assertEquals("1", tooMany.exchange.answer().join().headers().get("Retry-After"));
        assertEquals(MAX_WAITERS, waits.waiting());
        stream.publish((byte) 0);
        assertFalse(await(3).exchange.answer().isDone(), "one has gone");
        assertEquals(503, await(3).status());
    }

    @Test
    void aStreamThatIsGivenUpIsNotFound() {
        stream.publish((byte) 0);
        Request request = await(5);
        stream.next.completeExceptionally(new IllegalStateException("given up"));
        assertEquals(404, request.status());
        assertEquals(0, waits.streams());
    }

    /** A stream that breaks its contract must not be asked for ever. */
    @Test
    void aSnapshotThatIsNotNewerEndsTheWait() {
        stream.publish((byte) 0);
        Request request = await(5);
        stream.next.complete(stream.snapshot().orElseThrow());
        assertEquals(404, request.status());
        assertEquals(0, waits.streams());
    }

    enum Kind {
        PUBLISH,
        WAIT,
        WAIT_FOR_FIRST,
        LEAVE
    }

    record Step(Kind kind, int number) {}

    @Property(edgeCases = EdgeCasesMode.NONE)
    void invariants45_48_eachIsAnsweredOnceAndAsSoonAsItCanBe(@ForAll("steps") List<Step> steps) {
        List<Request> requests = new ArrayList<>();
        for (Step step : steps) {
            switch (step.kind) {
                case PUBLISH -> stream.publish((byte) 1);
                case WAIT -> requests.add(await(step.number));
                case WAIT_FOR_FIRST -> requests.add(await(Optional.empty()));
                case LEAVE -> requests.stream().skip(step.number).findFirst().ifPresent(one -> one.exchange.answer().cancel(false));
            }
            long next = stream.snapshot().map(known -> known.media().nextMediaSequence()).orElse(0L);
            int waiting = 0;
            for (Request request : requests) {
                boolean isRefused = request.exchange.answer().isDone() && request.got.isEmpty();
                assertTrue(request.got.size() <= 1, "answered twice");
                assertTrue(isRefused || request.got.isEmpty() == next <= request.sequence(), "45: answered too early or not");
                request.got.forEach(snapshot -> assertTrue(snapshot.media().nextMediaSequence() > request.sequence(), "45: too early"));
                waiting += request.exchange.answer().isDone() ? 0 : 1;
            }
            assertEquals(waiting, waits.waiting(), "48: held after its answer");
            assertTrue(waiting <= MAX_WAITERS);
        }
        for (int i = 0; i < 10; i++) {
            stream.publish((byte) 1);
        }
        assertEquals(0, waits.waiting());
        assertEquals(0, waits.streams());
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(Arbitraries.of(Kind.values()), Arbitraries.integers().between(0, 8)).as(Step::new).list().ofMaxSize(30);
    }
}
