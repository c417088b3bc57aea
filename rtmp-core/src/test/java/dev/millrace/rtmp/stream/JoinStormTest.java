package dev.millrace.rtmp.stream;

import static dev.millrace.rtmp.stream.Frames.audio;
import static dev.millrace.rtmp.stream.Frames.inter;
import static dev.millrace.rtmp.stream.Frames.key;
import static dev.millrace.rtmp.stream.Frames.videoOf;
import static dev.millrace.rtmp.stream.SubscribeOptions.PLAYER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many join on one group of pictures: it is laid out for each pump, not for each player. Counted in bytes. */
class JoinStormTest {

    private static final int PLAYERS = 200;

    private TestStream test = new TestStream(TestStream.AT_ONCE);
    private final ManualExecutor otherLoop = new ManualExecutor();
    private final List<RecordingSink> sinks = new ArrayList<>();

    @AfterEach
    void nothingIsHeld() {
        test.publication.close();
        otherLoop.runAll();
        test.close();
    }

    private long groupOfPictures(int interFrames) {
        test.publish(videoOf(true, 0, 60_000));
        for (int i = 1; i <= interFrames; i++) {
            test.publish(videoOf(false, 40L * i, 8_000));
        }
        return 60_000 + 8_000L * interFrames;
    }

    private RecordingSink join(ManualExecutor executor) {
        RecordingSink sink = new RecordingSink(executor, 1, 60_000);
        sink.subscription = test.stream.subscribe(sink, PLAYER);
        sinks.add(sink);
        return sink;
    }

    private void run() {
        test.executor.runAll();
        otherLoop.runAll();
    }

    private void assertAllGot(int frames) {
        for (RecordingSink sink : sinks) {
            assertEquals(frames, sink.frames.size());
        }
    }

    private void assertLaidOutAtMost(long bytes) {
        long laidOut = test.stream.statistics().laidOutBytes();
        assertTrue(laidOut <= bytes, laidOut + " bytes laid out, at most " + bytes + " wanted");
    }

    @Test
    void atOnce() {
        long bytes = groupOfPictures(100);
        for (int i = 0; i < PLAYERS; i++) {
            join(i % 2 == 0 ? test.executor : otherLoop);
        }
        run();
        assertAllGot(101);
        assertLaidOutAtMost(2 * 2 * bytes);
    }

    @Test
    void oneAfterTheOther() {
        long bytes = groupOfPictures(100);
        for (int i = 0; i < PLAYERS; i++) {
            join(i % 2 == 0 ? test.executor : otherLoop);
            run();
        }
        assertAllGot(101);
        assertLaidOutAtMost(2 * 2 * bytes);
    }

    @Test
    void whileTheStreamGoesOn() {
        long bytes = groupOfPictures(50);
        for (int i = 0; i < PLAYERS; i++) {
            join(i % 2 == 0 ? test.executor : otherLoop);
            run();
            if (i % 4 == 3) {
                test.publish(videoOf(false, 3_000 + 10L * i, 8_000));
                bytes += 8_000;
                run();
            }
        }
        assertAllGot(51 + PLAYERS / 4);
        // Each frame once for those who are live, and once for those who join.
        assertLaidOutAtMost(2 * 2 * bytes);
    }

    @Test
    void aSocketThatIsFullInBetweenGoesOnWithTheSameBytes() {
        long bytes = groupOfPictures(200);
        for (int i = 0; i < PLAYERS; i++) {
            join(test.executor).room = 1 + i % 5;
        }
        run();
        for (int round = 0; round < 8; round++) {
            sinks.forEach(sink -> {
                sink.room = 1;
                sink.subscription.wake();
                run();
            });
        }
        assertAllGot(201);
        assertLaidOutAtMost(2 * bytes);
    }

    @Test
    void theNextKeyframeEndsIt() {
        groupOfPictures(10);
        join(test.executor);
        run();
        long before = test.stream.statistics().laidOutBytes();
        test.deliver(key(1_000), inter(1_040), audio(1_050));
        RecordingSink late = join(test.executor);
        run();
        assertEquals("K1000 P1040 A1050", late.take());
        assertTrue(test.stream.statistics().laidOutBytes() < before + 1_000);
    }

    @Test
    void theNextKeyframeLetsGoOfWhatWasKept() {
        groupOfPictures(10);
        RecordingSink sink = join(test.executor);
        run();
        test.deliver(key(1_000));
        assertEquals(12, sink.frames.size());
        test.buffers.close();
    }

    @Test
    void whoWantsSomethingElseGetsItsOwn() {
        groupOfPictures(1);
        RecordingSink first = join(test.executor);
        run();
        RecordingSink other = test.sink(PLAYER, 5, 128);
        run();
        assertEquals(first.take(), other.take());
    }

    @Test
    void nothingIsKeptForNobody() {
        groupOfPictures(10);
        join(test.executor).subscription.cancel();
        RecordingSink sink = join(test.executor);
        run();
        sink.subscription.cancel();
        run();
        test.buffers.close();
    }
}
