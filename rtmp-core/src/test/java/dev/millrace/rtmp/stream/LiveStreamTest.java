package dev.millrace.rtmp.stream;

import static dev.millrace.rtmp.stream.Frames.audio;
import static dev.millrace.rtmp.stream.Frames.audioHeader;
import static dev.millrace.rtmp.stream.Frames.data;
import static dev.millrace.rtmp.stream.Frames.inter;
import static dev.millrace.rtmp.stream.Frames.key;
import static dev.millrace.rtmp.stream.Frames.metadata;
import static dev.millrace.rtmp.stream.Frames.videoHeader;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.media.EndReason;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaSource;
import dev.millrace.media.StreamHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveStreamTest {

    private TestStream test = new TestStream(TestStream.AT_ONCE);

    @AfterEach
    void nothingIsHeld() {
        test.close();
    }

    @Test
    void tellsWhatItIs() {
        assertEquals("live/test", test.stream.toString());
        assertEquals(new StreamName("live/test"), test.stream.streamName());
        assertEquals("rtmp/live/test", test.stream.name());
        assertEquals(test.time.instant(), test.stream.startTime());
        assertSame(test.stream, test.publication.stream());
        assertSame(StreamHeaders.EMPTY, test.stream.headers());
        assertEquals(Optional.empty(), test.stream.endReason());
    }

    @Test
    void countsWhatIsPublished() {
        test.publish(metadata(1), videoHeader(1), audioHeader(1), key(0), inter(40), audio(10), audio(30), audio(50), data(0), Frames.audio(70, ""));
        test.subscriber();
        long bytes = metadata(1).size() + videoHeader(1).size() + audioHeader(1).size() + key(0).size() + inter(0).size() + 3 * audio(0).size()
                + data(0).size();
        assertEquals(new StreamStatistics(2, 4, 2, 1, bytes, 0, 1, 0, LostFrames.NONE, 0, 0), test.stream.statistics());
        test.executor.runAll();
    }

    @Test
    void deliversAllTracksFromTheFirstFrameToASubscriberWithoutOptions() {
        MediaSource source = test.stream;
        RecordingSubscriber subscriber = new RecordingSubscriber();
        test.publish(videoHeader(1), inter(0), key(40), audio(50));
        source.subscribe(subscriber, test.executor);
        test.executor.runAll();
        RecordingSubscriber everything = test.joined(SubscribeOptions.EVERYTHING);
        String told = subscriber.take();
        assertEquals("start[VH1] K40 A50 batch", told);
        assertEquals(told, everything.take());
    }

    @Test
    void knowsHowLongNoFrameCame() {
        test.time.advance(5_000);
        assertEquals(Duration.ofSeconds(5), test.stream.idleTime());
        test.publish(videoHeader(1));
        test.time.advance(1_234);
        assertEquals(Duration.ofMillis(1_234), test.stream.idleTime());
        assertEquals(Duration.ofMillis(6_234), Duration.between(test.stream.startTime(), test.time.instant()));
    }

    @Test
    void subscribersHearOfTheEndAfterWhatIsLeft() {
        RecordingSubscriber subscriber = test.joined();
        List<EndReason> ends = new ArrayList<>();
        test.stream.end().thenAccept(ends::add);
        test.publish(key(0), inter(40));
        test.publication.close(EndReason.CONNECTION_LOST);
        test.stream.close(EndReason.SHUTDOWN);
        test.executor.runAll();
        assertEquals("start[] K0 P40 batch end:CONNECTION_LOST", subscriber.take());
        assertEquals(List.of(EndReason.CONNECTION_LOST), ends);
        assertEquals(Optional.of(EndReason.CONNECTION_LOST), test.stream.endReason());
        assertEquals(0, test.stream.statistics().subscribers());
    }

    @Test
    void whoComesAfterTheEndGetsWhatIsLeft() {
        test.publish(videoHeader(1), key(0), inter(40));
        test.stream.close(EndReason.IDLE);
        RecordingSubscriber subscriber = test.joined();
        assertEquals("start[VH1] K0 P40 batch end:IDLE", subscriber.take());
        subscriber.subscription.cancel();
        subscriber.subscription.wake();
        test.executor.runAll();
        assertEquals("", subscriber.take());
    }

    @Test
    void dropsAndCountsWhatIsPublishedAfterTheEnd() {
        RecordingSubscriber subscriber = test.joined();
        test.publish(key(0));
        test.stream.close(EndReason.TAKEN_OVER);
        assertEquals(key(0).size() + 96, test.budget.usedBytes());
        test.deliver(inter(40), videoHeader(1));
        assertEquals("start[] K0 batch end:TAKEN_OVER", subscriber.take());
        assertEquals(2, test.stream.statistics().ignoredFrames());
        assertEquals(1, test.stream.statistics().videoFrames());
        assertEquals(0, test.budget.usedBytes());
        assertSame(StreamHeaders.EMPTY, test.stream.headers());
    }

    @Test
    void dropsAndCountsWritesOfAnOlderEpoch() {
        RecordingSubscriber subscriber = test.joined();
        test.deliver(videoHeader(1), key(0));
        Publication next = new StreamWriter(test.stream);
        assertTrue(next.epoch() > test.publication.epoch());
        test.deliver(inter(40), videoHeader(2));
        test.publication.close();
        assertEquals(Optional.empty(), test.stream.endReason());
        assertEquals(2, test.stream.statistics().ignoredFrames());

        next.publish(key(80));
        next.flush();
        next.close();
        test.executor.runAll();
        assertEquals("start[] VH1 K0 batch K80 batch end:UNPUBLISHED", subscriber.take());
    }

    /** A host's publication that wraps one of the library. */
    @Test
    void aWrappedPublicationHasTheEpochOfItsStream() {
        Publication wrapping = new Publication() {
            @Override
            public LiveStream stream() {
                return test.stream;
            }

            @Override
            public void publish(MediaFrame frame) {
                test.publication.publish(frame);
            }

            @Override
            public void flush() {
                test.publication.flush();
            }

            @Override
            public void close(EndReason reason) {
                test.publication.close(reason);
            }
        };
        assertEquals(test.publication.epoch(), wrapping.epoch());
    }

    @Test
    void closesFromAnotherThread() {
        RecordingSubscriber subscriber = test.joined();
        CompletableFuture.runAsync(() -> test.stream.close(EndReason.CLOSED_BY_HOST)).join();
        test.executor.runAll();
        assertEquals("start[] end:CLOSED_BY_HOST", subscriber.take());
    }

    @Test
    void cancelledHearsOfItOnce() {
        RecordingSubscriber subscriber = test.joined();
        subscriber.subscription.cancel(EndReason.TOO_SLOW);
        subscriber.subscription.cancel();
        test.deliver(key(0));
        assertEquals("start[] end:TOO_SLOW", subscriber.take());
        assertEquals(0, test.stream.statistics().subscribers());
    }

    @Test
    void countsAConfigurationThatFitsNoTrack() {
        test.publish(audioHeader(1), Frames.audio(0, "94 4f707573 01 02"), videoHeader(1), Frames.video(0, "d4 68766331 0200"));
        assertEquals(2, test.stream.statistics().ignoredFrames());
        assertEquals(2, test.stream.headers().changesSince(StreamHeaders.EMPTY).size());
        test.publish(Frames.audio(0, "94 6d703461 01 02"));
        assertEquals(2, test.stream.statistics().ignoredFrames());
        assertEquals(3, test.stream.headers().changesSince(StreamHeaders.EMPTY).size());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            start,  start[VH1] end:FAILED
            K0,     start[VH1] K0 end:FAILED
            batch,  start[VH1] K0 batch end:FAILED
            gap:3,  start[VH1] K0 batch gap:3 end:FAILED
            P160,   start[VH1] K0 batch gap:3 K120 P160 end:FAILED
            """)
    void whoThrowsIsRemovedAndNobodyElseNotices(String word, String told) {
        test = TestStream.withRingOf(3);
        test.publish(videoHeader(1), key(0));
        RecordingSubscriber failing = test.subscriber();
        failing.then = said -> {
            if (said.startsWith(word) && word.equals("K0")) {
                throw new AssertionError("on purpose");
            } else if (said.startsWith(word)) {
                throw new IllegalStateException("on purpose");
            }
        };
        RecordingSubscriber other = test.joined();
        test.deliver(inter(40), inter(80), inter(90), key(120), inter(160), inter(200));
        test.deliver(inter(240));
        assertEquals(told, failing.take());
        assertEquals("start[VH1] K0 batch gap:3 K120 P160 P200 batch P240 batch", other.take());
        assertEquals(1, test.stream.statistics().failedSubscribers());
        assertEquals(1, test.stream.statistics().subscribers());
    }

    @Test
    void whoThrowsAtTheEndDisturbsNobody() {
        RecordingSubscriber failing = test.subscriber();
        failing.then = said -> {
            if (said.startsWith("end")) {
                throw new IllegalStateException("on purpose");
            }
        };
        RecordingSubscriber other = test.subscriber();
        test.close();
        assertEquals("start[] end:UNPUBLISHED", failing.take());
        assertEquals("start[] end:UNPUBLISHED", other.take());
        assertEquals(0, test.stream.statistics().subscribers());
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void anExecutorThatRefusesLosesItsSubscribersOnly(boolean politely) {
        ManualExecutor refusing = new ManualExecutor();
        RecordingSubscriber first = new RecordingSubscriber();
        RecordingSubscriber second = new RecordingSubscriber();
        Subscription subscription = test.stream.subscribe(first, refusing, SubscribeOptions.EVERYTHING);
        test.stream.subscribe(second, refusing, SubscribeOptions.EVERYTHING);
        refusing.runAll();
        RecordingSubscriber other = test.joined();

        refusing.refusal = Optional.of(politely ? new RejectedExecutionException("closed") : new IllegalStateException("closed"));
        test.deliver(key(0));
        assertEquals("start[]", first.take());
        assertEquals("start[] K0 batch", other.take());
        assertEquals(2, test.stream.statistics().failedSubscribers());
        assertEquals(1, test.stream.statistics().subscribers());

        subscription.cancel();
        test.deliver(inter(40));
        assertEquals("P40 batch", other.take());
        assertEquals(2, test.stream.statistics().failedSubscribers());
        refusing.refusal = Optional.empty();
        RecordingSubscriber third = new RecordingSubscriber();
        test.stream.subscribe(third, refusing, SubscribeOptions.EVERYTHING);
        refusing.runAll();
        assertEquals("start[] K0 P40 batch", third.take());
        test.close();
        refusing.runAll();
    }

    @Test
    void anExecutorThatRefusesFromTheStartIsCountedToo() {
        test.executor.refusal = Optional.of(new RejectedExecutionException("closed"));
        test.subscriber();
        assertEquals(1, test.stream.statistics().failedSubscribers());
        assertEquals(0, test.stream.statistics().subscribers());
    }

    @Test
    void submitsOneTaskForManyFramesAndSubscribers() {
        test.subscriber();
        test.subscriber();
        test.executor.runAll();
        int before = test.executor.submitted;
        for (int i = 0; i < 100; i++) {
            test.publish(audio(i), audio(i));
        }
        assertEquals(before + 1, test.executor.submitted);
        test.executor.runAll();
        assertTrue(test.executor.submitted <= before + 2);
    }

    @Test
    void headersAloneWakeNobody() {
        test.joined();
        int before = test.executor.submitted;
        test.publish(metadata(1), videoHeader(1));
        test.publish();
        assertEquals(before, test.executor.submitted);
    }
}
