package dev.millrace.rtmp.stream;

import static dev.millrace.rtmp.stream.Frames.audio;
import static dev.millrace.rtmp.stream.Frames.audioHeader;
import static dev.millrace.rtmp.stream.Frames.data;
import static dev.millrace.rtmp.stream.Frames.inter;
import static dev.millrace.rtmp.stream.Frames.key;
import static dev.millrace.rtmp.stream.Frames.metadata;
import static dev.millrace.rtmp.stream.Frames.videoHeader;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.media.MediaKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a subscriber that takes frames is told, word by word: see {@link Frames#text}. */
class FrameSubscriptionTest {

    private static final SubscribeOptions LATE = SubscribeOptions.EVERYTHING.withStart(StartPosition.NEWEST_KEYFRAME);

    private TestStream test = new TestStream(TestStream.AT_ONCE);

    @AfterEach
    void nothingIsHeld() {
        test.close();
    }

    private void small() {
        test = TestStream.withRingOf(4);
    }

    @Test
    void isToldInOrder() {
        test.publish(metadata(1), videoHeader(1), audioHeader(1));
        RecordingSubscriber subscriber = test.subscriber();
        assertEquals("", subscriber.take());
        test.executor.runAll();
        assertEquals("start[M1, VH1, AH1]", subscriber.take());
        test.deliver(key(0), audio(10), data(0), inter(40));
        assertEquals("K0 A10 D0 P40 batch", subscriber.take());
        test.deliver(inter(80));
        assertEquals("P80 batch", subscriber.take());
        test.close();
        assertEquals("end:UNPUBLISHED", subscriber.take());
    }

    @Test
    void getsEverythingHoweverLateItsExecutorIs() {
        RecordingSubscriber subscriber = test.subscriber();
        test.publish(videoHeader(1), audioHeader(1), audio(0), key(10), inter(40), videoHeader(2), key(80), audio(90));
        test.executor.runAll();
        assertEquals("start[VH1, AH1] A0 K10 P40 VH2@80 K80 A90 batch", subscriber.take());
    }

    @Test
    void getsEverythingOfAStreamWithoutVideo() {
        test.publish(audioHeader(1), audio(0), audio(20));
        RecordingSubscriber subscriber = test.joined();
        assertEquals("start[AH1] A0 A20 batch", subscriber.take());
        assertEquals(0, subscriber.subscription.statistics().lostFrames());
    }

    @Test
    void joinsBetweenAHeaderAndItsKeyframe() {
        test.publish(videoHeader(1), key(0), inter(40), videoHeader(2));
        RecordingSubscriber subscriber = test.joined();
        assertEquals("start[VH1] K0 P40 batch", subscriber.take());
        test.deliver(key(80));
        assertEquals("VH2@80 K80 batch", subscriber.take());
    }

    @Test
    void joinsAtTheNewestKeyframeWithItsHeaders() {
        test.publish(metadata(1), videoHeader(1), key(0), inter(40), videoHeader(2), metadata(2), key(80), audioHeader(1), audio(90));
        RecordingSubscriber subscriber = test.joined(LATE);
        assertEquals("start[M2, VH2] K80 AH1@90 A90 batch", subscriber.take());
    }

    @Test
    void getsAudioAloneFromTheNewestOn() {
        test.publish(audioHeader(1), audio(0), audio(20));
        RecordingSubscriber subscriber = test.joined(LATE);
        test.deliver(audio(40));
        assertEquals("start[AH1] A20 batch A40 batch", subscriber.take());
    }

    @Test
    void waitsForAKeyframeWithAudioAndData() {
        test.publish(videoHeader(1), inter(0), audio(10));
        RecordingSubscriber subscriber = test.joined(LATE);
        test.deliver(inter(40), audio(50), data(50), key(80), inter(120));
        assertEquals("start[VH1] A50 D50 K80 P120 batch", subscriber.take());
        assertEquals(0, subscriber.subscription.statistics().lostFrames());
    }

    @Test
    void startsLive() {
        test.publish(videoHeader(1), key(0), inter(40));
        RecordingSubscriber subscriber = test.joined(SubscribeOptions.EVERYTHING.withStart(StartPosition.LIVE));
        test.deliver(inter(80), audio(90), key(120));
        assertEquals("start[VH1] A90 K120 batch", subscriber.take());
    }

    @Test
    void getsNoHeaderTwice() {
        test.publish(videoHeader(1), audioHeader(1), metadata(1), key(0));
        RecordingSubscriber subscriber = test.joined();
        test.deliver(videoHeader(1), metadata(1), audioHeader(1), inter(40));
        assertEquals("start[M1, VH1, AH1] K0 batch P40 batch", subscriber.take());
    }

    @Test
    void getsChangedHeadersBeforeTheNextFrame() {
        test.publish(videoHeader(1), key(0));
        RecordingSubscriber subscriber = test.joined();
        test.deliver(metadata(1), inter(40), audioHeader(1), metadata(2), metadata(3), audio(50), videoHeader(2), key(80));
        assertEquals("start[VH1] K0 batch M1@40 P40 M3@50 AH1@50 A50 VH2@80 K80 batch", subscriber.take());
        assertEquals(8, subscriber.subscription.statistics().frames());
        test.deliver(metadata(4));
        assertEquals("", subscriber.take());
    }

    @Test
    void overtakenGetsTheHeadersOfTheKeyframeWhereItGoesOn() {
        small();
        test.publish(videoHeader(1), key(0));
        RecordingSubscriber subscriber = test.joined();
        test.deliver(inter(40), videoHeader(2), key(80), inter(120), inter(160), key(200), inter(240));
        assertEquals("start[VH1] K0 batch gap:4 VH2@200 K200 P240 batch", subscriber.take());
        assertEquals(4, subscriber.subscription.statistics().lostFrames());
        assertEquals(4, test.stream.statistics().lostFrames());
    }

    @Test
    void overtakenWithoutAKeyframeWaitsForOneAndCounts() {
        small();
        test.publish(videoHeader(1), key(0));
        RecordingSubscriber subscriber = test.joined();
        test.deliver(inter(40), audioHeader(2), inter(80), inter(120), inter(160), inter(200));
        assertEquals("start[VH1] K0 batch gap:5", subscriber.take());
        test.deliver(audio(210), inter(220), videoHeader(2), key(240), inter(280));
        assertEquals("AH2@210 A210 gap:1 VH2@240 K240 P280 batch", subscriber.take());
        test.deliver(inter(320), inter(360));
        assertEquals("P320 P360 batch", subscriber.take());
        assertEquals(6, subscriber.subscription.statistics().lostFrames());
    }

    @Test
    void tooFarBehindGoesOnAtANewerKeyframe() {
        test.publish(key(0));
        RecordingSubscriber subscriber = test.joined();
        test.deliver(inter(40), inter(80), key(4_080), inter(4_081));
        assertEquals("start[] K0 batch gap:2 K4080 P4081 batch", subscriber.take());
    }

    @Test
    void dataOfTimeZeroIsNoReasonToJump() {
        test.publish(key(100_000));
        RecordingSubscriber subscriber = test.joined();
        test.deliver(data(0), inter(100_040), key(100_080));
        assertEquals("start[] K100000 batch D0 P100040 K100080 batch", subscriber.take());
    }

    @Test
    void pausedGetsNothingAndGoesOnLikeANewcomer() {
        test.publish(videoHeader(1), audioHeader(1), key(0));
        RecordingSubscriber subscriber = test.joined();
        subscriber.subscription.pause(true);
        test.deliver(inter(40), key(80), inter(120));
        assertEquals("start[VH1, AH1] K0 batch", subscriber.take());
        subscriber.subscription.pause(false);
        test.executor.runAll();
        assertEquals("VH1@80 AH1@80 K80 P120 batch", subscriber.take());
        subscriber.subscription.pause(false);
        test.deliver(inter(160));
        assertEquals("P160 batch", subscriber.take());
        assertEquals(0, subscriber.subscription.statistics().lostFrames());
    }

    @Test
    void pausedHearsOfTheEnd() {
        RecordingSubscriber subscriber = test.subscriber();
        subscriber.subscription.pause(true);
        test.deliver(key(0));
        assertEquals("", subscriber.take());
        test.close();
        assertEquals("start[] end:UNPUBLISHED", subscriber.take());
    }

    @Test
    void turnsVideoOffAndOn() {
        test.publish(videoHeader(1), audioHeader(1), key(0));
        RecordingSubscriber subscriber = test.joined();
        subscriber.subscription.receive(MediaKind.VIDEO, false);
        test.deliver(inter(40), audio(50), videoHeader(2), key(80), inter(120), audio(130));
        assertEquals("start[VH1, AH1] K0 batch A50 A130 batch", subscriber.take());
        subscriber.subscription.receive(MediaKind.VIDEO, true);
        test.executor.runAll();
        assertEquals("VH2@80 AH1@80 K80 P120 A130 batch", subscriber.take());
    }

    @Test
    void turnsAudioOffAndOn() {
        test.publish(videoHeader(1), key(0));
        RecordingSubscriber subscriber = test.joined();
        subscriber.subscription.receive(MediaKind.AUDIO, false);
        test.deliver(audioHeader(1), audio(10), data(20), inter(40));
        assertEquals("start[VH1] K0 batch D20 P40 batch", subscriber.take());
        subscriber.subscription.receive(MediaKind.AUDIO, true);
        test.deliver(key(80), audio(90));
        assertEquals("VH1@80 AH1@80 K80 A90 batch", subscriber.take());
    }

    @Test
    void wantsAreOnlyAboutAudioAndVideo() {
        test.publish(videoHeader(1), audioHeader(1), key(0), audio(10));
        RecordingSubscriber subscriber = test.joined(SubscribeOptions.EVERYTHING.withStart(StartPosition.LIVE).withVideo(false));
        assertEquals("start[VH1, AH1] A10 batch", subscriber.take());
        subscriber.subscription.receive(MediaKind.DATA, true);
        subscriber.subscription.receive(MediaKind.DATA, false);
        subscriber.subscription.receive(MediaKind.AUDIO, true);
        test.deliver(data(20), inter(40), audio(50));
        assertEquals("D20 A50 batch", subscriber.take());
    }

    @Test
    void stopsAtOnceIfItCancelsOrPausesItself() {
        test.publish(key(0), inter(40), inter(80));
        RecordingSubscriber first = test.subscriber();
        first.then = word -> first.subscription.cancel();
        RecordingSubscriber second = test.subscriber();
        second.then = word -> {
            if (word.equals("K0")) {
                second.subscription.pause(true);
            }
        };
        test.executor.runAll();
        assertEquals("start[] end:CANCELLED", first.take());
        assertEquals("start[] K0 batch", second.take());
    }

    @Test
    void getsALongBacklogInBatches() {
        test.publish(key(0));
        for (int i = 1; i < 600; i++) {
            test.publish(inter(i));
        }
        RecordingSubscriber subscriber = test.subscriber();
        int[] expected = {256, 256, 88};
        for (int frames : expected) {
            assertEquals(1, test.executor.waiting());
            test.executor.runOne();
            String[] words = subscriber.take().replace("start[] ", "").split(" ");
            assertEquals(frames + 1, words.length);
            assertEquals("batch", words[frames]);
        }
        assertEquals(600, subscriber.subscription.statistics().frames());
        assertEquals(600 * key(0).size(), subscriber.subscription.statistics().bytes());
    }
}
