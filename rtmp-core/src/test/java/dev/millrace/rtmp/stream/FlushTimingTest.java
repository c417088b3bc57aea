package dev.millrace.rtmp.stream;

import static dev.millrace.rtmp.stream.Frames.audio;
import static dev.millrace.rtmp.stream.Frames.data;
import static dev.millrace.rtmp.stream.Frames.inter;
import static dev.millrace.rtmp.stream.Frames.key;
import static dev.millrace.rtmp.stream.Frames.videoHeader;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When subscribers are woken: audio waits for video, video for the merge window. */
class FlushTimingTest {

    private TestStream test;
    private RecordingSubscriber subscriber;

    private void open(int audioDelayMillis, int mergeWindowMillis) {
        test = new TestStream(TestStream.options(2_500, Duration.ofMillis(audioDelayMillis), Duration.ofMillis(mergeWindowMillis)));
        subscriber = test.joined();
        subscriber.take();
    }

    private void assertGets(String words) {
        test.executor.runAll();
        assertEquals(words, subscriber.take());
    }

    private void after(long millis, String words) {
        test.time.advance(millis);
        assertGets(words);
    }

    @Test
    void audioWaitsForVideo() {
        open(40, 0);
        test.publish(key(0));
        assertGets("K0 batch");
        test.publish(audio(10));
        assertGets("");
        after(20, "");
        test.publish(audio(30));
        assertGets("");
        test.publish(inter(40));
        assertGets("A10 A30 P40 batch");
        test.close();
    }

    @Test
    void audioWaitsNoLongerThanItsDelay() {
        open(40, 0);
        test.publish(key(0));
        test.publish(audio(10));
        assertGets("K0 A10 batch");
        test.publish(audio(30));
        after(39, "");
        test.publish(audio(50));
        after(1, "A30 A50 batch");
        test.publish(audio(70));
        after(39, "");
        after(1, "A70 batch");
        assertEquals(0, test.time.waiting());
        test.close();
    }

    @Test
    void audioInOneBatchWithVideoDoesNotWait() {
        open(40, 0);
        test.publish(key(0), audio(10));
        assertGets("K0 A10 batch");
        assertEquals(0, test.time.waiting());
        test.close();
    }

    @Test
    void audioAloneDoesNotWait() {
        open(40, 0);
        test.publish(audio(10));
        assertGets("A10 batch");
        test.publish(videoHeader(1));
        test.publish(audio(30));
        assertGets("");
        after(40, "VH1@30 A30 batch");
        test.close();
    }

    @Test
    void aDelayOfZeroIsNone() {
        open(0, 0);
        test.publish(key(0));
        test.publish(audio(10));
        assertGets("K0 A10 batch");
        test.publish(audio(30));
        assertGets("A30 batch");
        assertEquals(0, test.time.waiting());
        test.close();
    }

    /** As after the network stood still: what comes at once is longer than a subscriber may lag. */
    @Test
    void aLongBatchOvertakesNobodyOnThePublishersThread() {
        open(40, 350);
        RecordingSubscriber here = new RecordingSubscriber();
        here.subscription = test.stream.subscribe(here, Runnable::run, SubscribeOptions.EVERYTHING);
        here.take();
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            int millis = i * 500;
            test.publication.publish(i % 4 == 0 ? key(millis) : inter(millis));
            all.append(i % 4 == 0 ? "K" : "P").append(millis).append(' ');
        }
        test.publication.flush();
        test.time.advance(350);
        assertEquals(all.toString().strip(), here.take().replace(" batch", ""));
        test.close();
    }

    @Test
    void dataMakeNoBatchLong() {
        open(0, 0);
        test.publication.publish(key(90_000));
        test.publication.publish(data(0));
        test.publication.publish(inter(90_500));
        assertGets("");
        test.publication.flush();
        assertGets("K90000 D0 P90500 batch");
        test.close();
    }

    @Test
    void videoWaitsForTheMergeWindow() {
        open(0, 100);
        test.publish(key(0));
        after(60, "");
        test.publish(audio(10), inter(40));
        after(39, "");
        after(1, "K0 A10 P40 batch");
        test.publish(audio(30));
        after(99, "");
        after(1, "A30 batch");
        test.close();
    }

    @Test
    void audioBeforeItDoesNotMakeVideoWaitLonger() {
        open(40, 10);
        test.publish(key(0));
        after(10, "K0 batch");
        test.publish(audio(10));
        after(5, "");
        test.publish(inter(40));
        after(9, "");
        after(1, "A10 P40 batch");
        after(25, "");
        assertEquals(0, test.time.waiting());
        test.publish(audio(50));
        after(40, "A50 batch");
        test.close();
    }

    @Test
    void theEndDoesNotWait() {
        open(40, 100);
        test.publish(key(0));
        test.publication.close();
        assertGets("K0 batch end:UNPUBLISHED");
        after(100, "");
        test.close();
    }

    @Test
    void aTimerIsGivenUpWhenVideoTakesTheAudioAlong() {
        open(40, 0);
        test.publish(key(0));
        assertGets("K0 batch");
        test.publish(audio(10));
        assertEquals(1, test.time.waiting());
        test.publish(inter(33));
        assertGets("A10 P33 batch");
        assertEquals(0, test.time.waiting());
        test.time.advance(30);
        test.publish(audio(40));
        test.time.advance(10);
        assertEquals(0, test.executor.waiting());
        after(29, "");
        after(1, "A40 batch");
        assertEquals(0, test.time.waiting());
        test.close();
    }

    @Test
    void aTimerThatCouldNotBeGivenUpWakesNobody() {
        open(40, 0);
        DelayedTasks timers = new DelayedTasks();
        test.publication.timersOn(timers);
        test.publish(key(0));
        test.publish(audio(10));
        test.time.advance(20);
        test.publish(inter(33));
        assertGets("K0 A10 P33 batch");
        test.publish(audio(40));
        test.time.advance(20);
        timers.tasks.remove().run();
        assertGets("");
        timers.tasks.remove().run();
        assertGets("A40 batch");
        test.close();
    }

    @Test
    void audioThatIsOverdueTakesWhatComesAlong() {
        open(40, 0);
        test.publish(key(0));
        test.publish(audio(10));
        assertGets("K0 A10 batch");
        test.publish(audio(30));
        test.time.advanceWithoutTimers(40);
        test.publish(audio(50));
        assertGets("A30 A50 batch");
        test.close();
    }

    @Test
    void timersRunWhereThePublisherWantsThem() {
        open(40, 0);
        DelayedTasks timers = new DelayedTasks();
        test.publication.timersOn(timers);
        test.publish(key(0));
        test.publish(audio(10));
        assertGets("K0 A10 batch");
        test.publish(audio(30));
        assertEquals(0, test.time.waiting());
        assertEquals("[40 ms]", timers.delays.toString());
        test.time.advance(40);
        timers.tasks.remove().run();
        assertGets("A30 batch");
        test.close();
    }

    /** Keeps what is to run later. */
    private static final class DelayedTasks extends ScheduledThreadPoolExecutor {

        private final List<String> delays = new ArrayList<>();
        private final Deque<Runnable> tasks = new ArrayDeque<>();

        private DelayedTasks() {
            super(0);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            delays.add(unit.toMillis(delay) + " ms");
            tasks.add(task);
            return super.schedule(() -> {}, 0, TimeUnit.MILLISECONDS);
        }
    }
}
