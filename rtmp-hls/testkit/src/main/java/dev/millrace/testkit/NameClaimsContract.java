package dev.millrace.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.rtmp.stream.NameClaims;
import dev.millrace.rtmp.stream.NameClaims.Claim;
import dev.millrace.rtmp.stream.StreamBusyException;
import dev.millrace.rtmp.stream.StreamName;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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
 * The contract of {@link NameClaims}: one process has a name, and passes it on. A host tests its own claims with one
 * subclass:
 *
 * <pre>{@code
 * class DatabaseClaimsTest extends NameClaimsContract {
 *     private final Database database = Database.empty();
 *
 *     protected NameClaims createClaims(String process) {
 *         return new DatabaseClaims(database, process);
 *     }
 * }
 * }</pre>
 *
 * <p>Stages may complete on any thread; a test fails if one takes more than 30 seconds. Claims that expire must live
 * longer than a test.
 */
public abstract class NameClaimsContract {

    private static final StreamName NAME = new StreamName("live/contract");
    private static final StreamName OTHER = new StreamName("live/other");
    private static final int RACES = 200;

    private NameClaims one;
    private NameClaims two;

    /** Creates the tests; JUnit creates an instance for each of them. */
    protected NameClaimsContract() {}

    /**
     * Creates the claims of a process. Called twice for each test; both share their names.
     *
     * @param process the name of the process
     * @return claims without a name held
     */
    protected abstract NameClaims createClaims(String process);

    @BeforeEach
    final void create() {
        one = createClaims("one");
        two = createClaims("two");
    }

    private static <T> T await(CompletionStage<T> stage) throws ExecutionException, InterruptedException, TimeoutException {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private static Claim claim(NameClaims claims) throws Exception {
        return await(claims.claim(NAME));
    }

    private static void assertRefused(NameClaims claims) {
        ExecutionException e = assertThrows(ExecutionException.class, () -> claim(claims));
        StreamBusyException refusal = assertInstanceOf(StreamBusyException.class, e.getCause());
        assertFalse(refusal.getMessage().isBlank(), "a refusal has a reason");
    }

    private static void assertHeld(Claim claim) {
        assertFalse(claim.lost().toCompletableFuture().isDone(), "a claim that is held is not lost");
    }

    @Test
    void aNameIsClaimedOnce() throws Exception {
        Claim claim = claim(one);
        assertHeld(claim);
        assertEquals(claim.token(), claim.token());
        assertRefused(two);
        assertRefused(one);
        assertHeld(claim);
    }

    @Test
    void otherNamesAreFree() throws Exception {
        Claim claim = claim(one);
        Claim other = await(two.claim(OTHER));
        await(claim.release());
        assertThrows(ExecutionException.class, () -> await(one.claim(OTHER)));
        assertHeld(other);
    }

    @Test
    void aReleasedNameIsFreeAtOnce() throws Exception {
        for (int i = 0; i < 3; i++) {
            await(claim(one).release());
            await(claim(two).release());
        }
    }

    @Test
    void tokensRise() throws Exception {
        Claim first = claim(one);
        await(first.release());
        Claim second = claim(two);
        assertTrue(second.token() > first.token(), () -> second.token() + " after " + first.token());
        await(second.release());
        Claim third = claim(one);
        Claim fourth = await(third.transfer());
        assertTrue(third.token() > second.token(), () -> third.token() + " after " + second.token());
        assertTrue(fourth.token() > third.token(), () -> fourth.token() + " after " + third.token());
    }

    @Test
    void aLateReleaseLeavesTheSuccessorAlone() throws Exception {
        Claim first = claim(one);
        await(first.release());
        Claim second = claim(two);
        await(first.release());
        assertRefused(one);
        assertHeld(second);
        await(second.release());
        Claim third = claim(one);
        await(first.release());
        assertRefused(two);
        assertHeld(third);
    }

    @Test
    void aTransferKeepsTheName() throws Exception {
        Claim first = claim(one);
        Claim second = await(first.transfer());
        assertHeld(second);
        assertRefused(two);
        await(first.release());
        assertRefused(two);
        assertHeld(second);
        await(second.release());
        await(claim(two).release());
    }

    /** Both processes claim a name at the same instant, each twice: one has it. */
    @Test
    void hasOneOwnerWhenManyClaimAtOnce() throws Exception {
        ExecutorService claimants = Executors.newFixedThreadPool(4);
        try {
            long token = Long.MIN_VALUE;
            for (int i = 0; i < RACES; i++) {
                Claim claim = race(claimants);
                assertTrue(claim.token() > token, claim.token() + " after " + token);
                token = claim.token();
                await(claim.release());
            }
        } finally {
            claimants.shutdownNow();
        }
    }

    private Claim race(ExecutorService claimants) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<CompletableFuture<Claim>>> calls = new ArrayList<>();
        for (NameClaims claims : List.of(one, two, one, two)) {
            calls.add(claimants.submit(() -> {
                start.await();
                return claims.claim(NAME).toCompletableFuture();
            }));
        }
        start.countDown();
        List<Claim> granted = new ArrayList<>();
        for (Future<CompletableFuture<Claim>> call : calls) {
            try {
                granted.add(await(call.get(30, TimeUnit.SECONDS)));
            } catch (ExecutionException e) {
                assertInstanceOf(StreamBusyException.class, e.getCause(), () -> "not a refusal: " + e);
            }
        }
        assertEquals(1, granted.size());
        return granted.get(0);
    }
}
