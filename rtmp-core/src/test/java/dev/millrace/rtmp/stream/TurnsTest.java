package dev.millrace.rtmp.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private static final StreamName NAME = new StreamName("live/a");
    private static final StreamName OTHER = new StreamName("live/b");

    private final Turns turns = new Turns(Duration.ofSeconds(30));

    @Test
    void workOfOneNameWaitsAndThatOfAnotherDoesNot() {
        List<String> started = new ArrayList<>();
        CompletableFuture<Void> first = new CompletableFuture<>();
        turns.run(NAME, () -> {
            started.add("first");
            return first;
        });
        turns.run(NAME, () -> {
            started.add("second");
            throw new IllegalStateException("thrown by a test");
        });
        turns.run(OTHER, () -> {
            started.add("other");
            return CompletableFuture.completedStage(null);
        });
        assertEquals(List.of("first", "other"), started);
        assertEquals(1, turns.names());
        first.completeExceptionally(new IllegalStateException("failed by a test"));
        assertEquals(List.of("first", "other", "second"), started);
        assertEquals(0, turns.names());
    }

    @Test
    void workThatIsNeverDoneLetsTheNextBegin() throws Exception {
        Turns impatient = new Turns(Duration.ofMillis(20));
        CompletableFuture<Void> began = new CompletableFuture<>();
        impatient.run(NAME, CompletableFuture::new);
        impatient.run(NAME, () -> {
            began.complete(null);
            return began;
        });
        began.get(30, TimeUnit.SECONDS);
    }

    /** Work of three names is handed in and done on many threads: never two of one name at once, and none is forgotten. */
    @Test
    void noTwoOfANameRunAtOnce() throws Exception {
        List<StreamName> names = List.of(NAME, OTHER, new StreamName("live/c"));
        List<AtomicInteger> running = List.of(new AtomicInteger(), new AtomicInteger(), new AtomicInteger());
        AtomicInteger most = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<CompletableFuture<?>> all = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                SplittableRandom random = new SplittableRandom(thread);
                all.add(CompletableFuture.supplyAsync(() -> {
                    List<CompletableFuture<?>> mine = new ArrayList<>();
                    for (int i = 0; i < 5_000; i++) {
                        int name = random.nextInt(names.size());
                        boolean atOnce = random.nextBoolean();
                        mine.add(turns.run(names.get(name), () -> {
                            most.accumulateAndGet(running.get(name).incrementAndGet(), Math::max);
                            CompletableFuture<Integer> done = atOnce
                                    ? CompletableFuture.completedFuture(0)
                                    : CompletableFuture.supplyAsync(() -> 0, threads);
                            return done.thenApply(zero -> running.get(name).decrementAndGet());
                        }).toCompletableFuture());
                    }
                    return CompletableFuture.allOf(mine.toArray(CompletableFuture[]::new));
                }, threads).thenCompose(mine -> mine));
            }
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
        } finally {
            threads.shutdown();
        }
        assertEquals(1, most.get());
    }
}
