package dev.millrace.rtmp.stream;

import static dev.millrace.rtmp.stream.Frames.audio;
import static dev.millrace.rtmp.stream.Frames.inter;
import static dev.millrace.rtmp.stream.Frames.key;
import static dev.millrace.rtmp.stream.SubscribeOptions.PLAYER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of subscribers that cannot keep up, and what is known of them. */
class SlowSubscriberTest {

    private TestStream test = new TestStream(TestStream.AT_ONCE);

    @AfterEach
    void nothingIsHeld() {
        test.close();
    }

    private RecordingSink joined(SlowPolicy policy) {
        test = new TestStream(TestStream.AT_ONCE.withSlow(policy));
        RecordingSink sink = test.sink(PLAYER);
        test.deliver(key(0));
        sink.take();
        return sink;
    }

    /** Takes nothing until the writer is ahead by two frames and a keyframe, 3 s later. */
    private void fallBehind(RecordingSink sink, long fromMillis) {
        sink.writable = false;
        test.deliver(inter(fromMillis + 40), audio(fromMillis + 50), key(fromMillis + 3_000));
        sink.writable = true;
        test.deliver(inter(fromMillis + 3_040));
    }

    @Test
    void goesOnAtTheKeyframeAndIsToldWhenItKeepsUpAgain() {
        RecordingSink sink = joined(SlowPolicy.skipToKeyframe(Duration.ofSeconds(2)));
        fallBehind(sink, 0);
        assertEquals("gap:2 K3000 P3040 again:2", sink.take());
        fallBehind(sink, 3_040);
        assertEquals("gap:2 K6040 P6080 again:2", sink.take());
        assertEquals(new LostFrames(0, 4, 0), sink.subscription.statistics().lost());
        assertEquals(new LostFrames(0, 4, 0), test.stream.statistics().lost());
    }

    @Test
    void aLossInPiecesEndsOnce() {
        test = TestStream.withRingOf(4);
        RecordingSink sink = test.sink(PLAYER);
        test.deliver(key(0));
        sink.take();
        sink.writable = false;
        test.deliver(inter(40), inter(80), inter(120), inter(160), inter(200));
        sink.writable = true;
        test.deliver(inter(240));
        // Overtaken without a keyframe: six are lost, and what comes before the next keyframe too.
        assertEquals("gap:6", sink.take());
        test.deliver(inter(280));
        assertEquals("gap:1", sink.take());
        test.deliver(key(320));
        assertEquals("K320 again:7", sink.take());
        assertEquals(new LostFrames(6, 0, 1), sink.subscription.statistics().lost());
    }

    @Test
    void aLossOfAudioAloneEndsToo() {
        test = TestStream.withRingOf(4);
        RecordingSink sink = test.sink(PLAYER);
        test.deliver(audio(0));
        sink.writable = false;
        test.deliver(audio(20), audio(40), audio(60), audio(80), audio(100), audio(120));
        sink.writable = true;
        test.deliver(audio(140));
        assertEquals("A0 gap:7 again:7", sink.take());
    }

    @Test
    void isClosedInsteadOfLosing() {
        RecordingSink sink = joined(SlowPolicy.close(Duration.ofSeconds(2)));
        fallBehind(sink, 0);
        assertEquals("gap:2 end:TOO_SLOW", sink.take());
        assertEquals(0, test.stream.statistics().subscribers());
    }

    @Test
    void isClosedWhenItLosesTooOften() {
        RecordingSink sink = joined(new SlowPolicy(Duration.ofSeconds(2), 2));
        fallBehind(sink, 0);
        fallBehind(sink, 10_000);
        test.time.advance(60_000);
        fallBehind(sink, 20_000);
        fallBehind(sink, 30_000);
        sink.take();
        assertEquals(1, test.stream.statistics().subscribers());
        fallBehind(sink, 40_000);
        assertEquals("gap:2 end:TOO_SLOW", sink.take());
        assertEquals(10, sink.subscription.statistics().lostFrames());
    }

    @Test
    void aSubscriberOfFramesIsClosedToo() {
        test = new TestStream(TestStream.AT_ONCE.withSlow(SlowPolicy.close(Duration.ofSeconds(2))));
        RecordingSubscriber subscriber = test.joined();
        test.deliver(key(0));
        subscriber.take();
        test.publish(inter(40), key(5_000));
        test.executor.runAll();
        assertEquals("gap:1 end:TOO_SLOW", subscriber.take());
    }

    @Test
    void lagIsKnownOfEachSubscriber() {
        RecordingSink sink = joined(SlowPolicy.DEFAULT);
        RecordingSink other = test.sink(PLAYER);
        test.executor.runAll();
        assertEquals(0, sink.subscription.statistics().lagMillis());
        sink.writable = false;
        test.deliver(inter(40), audio(50), inter(80));
        SubscriptionStatistics statistics = sink.subscription.statistics();
        assertEquals(3, statistics.waitingFrames());
        assertEquals(40, statistics.lagMillis());
        assertEquals(0, other.subscription.statistics().waitingFrames());
        assertEquals(List.of(sink.subscription, other.subscription), test.stream.subscriptions());
        sink.writable = true;
        sink.subscription.wake();
        test.executor.runAll();
        assertEquals(0, sink.subscription.statistics().waitingFrames());
    }

    @Test
    void aSubscriberThatWasNotServedYetDoesNotLag() {
        RecordingSink sink = test.sink(PLAYER);
        test.publish(key(0));
        assertEquals(new SubscriptionStatistics(0, 0, LostFrames.NONE, 0, 0), sink.subscription.statistics());
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "0, -1"})
    void aPolicyHasNoNegativeValues(long lagMillis, int losses) {
        assertThrows(IllegalArgumentException.class, () -> new SlowPolicy(Duration.ofMillis(lagMillis), losses));
    }
}
