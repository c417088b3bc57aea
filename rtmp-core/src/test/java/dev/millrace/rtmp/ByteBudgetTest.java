package dev.millrace.rtmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ByteBudgetTest {

    @Test
    void givesWhatIsLeftAndNoMore() {
        ByteBudget budget = new ByteBudget(100);
        assertEquals(100, budget.limitBytes());
        assertTrue(budget.tryTake(60));
        assertFalse(budget.tryTake(41));
        assertEquals(60, budget.usedBytes());
        assertTrue(budget.tryTake(40));
        assertFalse(budget.tryTake(1));
        assertTrue(budget.tryTake(0));
        assertEquals(100, budget.usedBytes());
        budget.giveBack(30);
        assertEquals(70, budget.usedBytes());
        assertTrue(budget.tryTake(30));
    }

    @Test
    void takesWhatHasArrivedAlreadyAndTellsIfItIsTooMuch() {
        ByteBudget budget = new ByteBudget(100);
        assertTrue(budget.take(100));
        assertFalse(budget.take(1));
        assertEquals(101, budget.usedBytes());
        assertFalse(budget.tryTake(1));
        budget.giveBack(2);
        assertTrue(budget.tryTake(1));
    }

    @Test
    void doesNotOverflow() {
        ByteBudget budget = new ByteBudget(Long.MAX_VALUE);
        assertTrue(budget.tryTake(1));
        assertFalse(budget.tryTake(Long.MAX_VALUE));
        assertTrue(budget.tryTake(Long.MAX_VALUE - 1));
        assertFalse(budget.tryTake(1));
        assertEquals(Long.MAX_VALUE, budget.usedBytes());
    }

    @Test
    void canBeNothing() {
        ByteBudget budget = new ByteBudget(0);
        assertTrue(budget.tryTake(0));
        assertFalse(budget.tryTake(1));
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> new ByteBudget(-1));
        assertEquals("limitBytes -1 is negative", e.getMessage());
    }

    @Test
    @Timeout(60)
    void whoAsksForTooMuchDoesNotTakeFromOthers() throws InterruptedException {
        ByteBudget budget = new ByteBudget(100);
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger wronglyGiven = new AtomicInteger();
        Thread greedy = new Thread(() -> {
            while (!done.get()) {
                if (budget.tryTake(101)) {
                    wronglyGiven.incrementAndGet();
                }
            }
        });
        greedy.start();
        int refused = 0;
        for (int i = 0; i < 200_000; i++) {
            if (budget.tryTake(100)) {
                budget.giveBack(100);
            } else {
                refused++;
            }
        }
        done.set(true);
        greedy.join();
        assertEquals(0, refused);
        assertEquals(0, wronglyGiven.get());
        assertEquals(0, budget.usedBytes());
    }
}
