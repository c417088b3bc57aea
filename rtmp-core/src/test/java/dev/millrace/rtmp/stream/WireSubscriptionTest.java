package dev.millrace.rtmp.stream;

import static dev.millrace.rtmp.stream.Frames.audio;
import static dev.millrace.rtmp.stream.Frames.audioHeader;
import static dev.millrace.rtmp.stream.Frames.data;
import static dev.millrace.rtmp.stream.Frames.inter;
import static dev.millrace.rtmp.stream.Frames.key;
import static dev.millrace.rtmp.stream.Frames.metadata;
import static dev.millrace.rtmp.stream.Frames.videoHeader;
import static dev.millrace.rtmp.stream.Frames.videoOf;
import static dev.millrace.rtmp.stream.SubscribeOptions.EVERYTHING;
import static dev.millrace.rtmp.stream.SubscribeOptions.PLAYER;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.media.Codec;
import dev.millrace.media.FrameInfo;
import dev.millrace.media.FrameRole;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What sockets get: every write is read back with the chunk reader. */
class WireSubscriptionTest {

    private TestStream test = new TestStream(TestStream.AT_ONCE);

    @AfterEach
    void nothingIsHeld() {
        test.close();
    }

    private RecordingSink joined() {
        RecordingSink sink = test.sink(PLAYER);
        test.executor.runAll();
        return sink;
    }

    @ParameterizedTest(name = "message stream {0}, chunks of {1} bytes")
    @CsvSource({"1, 128", "7, 4096", "-1, 60000", "16777217, 65536"})
    void getsMessagesAsTheyWerePublished(int messageStreamId, int chunkBytes) {
        MediaFrame large = videoOf(true, 0, 70_000);
        test.publish(metadata(1), videoHeader(1), audioHeader(1), large, audio(10), data(20), inter(40));
        RecordingSink sink = test.sink(PLAYER, messageStreamId, chunkBytes);
        test.executor.runAll();
        assertEquals("M1 VH1 AH1 K0 A10 D20 P40", sink.take());
        assertArrayEquals(large.toByteArray(), sink.frames.get(3).toByteArray());
        assertArrayEquals(inter(40).toByteArray(), sink.frames.get(6).toByteArray());
        assertEquals(1, sink.writes);
        assertEquals(1, sink.flushes);
        assertEquals(new SubscriptionStatistics(7, sink.bytes, LostFrames.NONE, 0, 0), sink.subscription.statistics());
    }

    @Test
    void timesWrapOnTheWireOnly() {
        RecordingSink sink = joined();
        test.deliver(key(0xFFFFFFL), inter(0xFFFFFFFFL), inter(0x1_0000_0000L), inter(0x1_0000_0005L));
        assertEquals("K16777215 P4294967295 P0 P5", sink.take());
    }

    @Test
    void sharesWhatIsLaidOutWithAllInTheSamePlace() {
        RecordingSink[] sinks = {joined(), joined(), joined()};
        test.deliver(videoHeader(1), key(0), audio(10));
        for (RecordingSink sink : sinks) {
            assertEquals("VH1 K0 A10", sink.take());
            assertEquals(sinks[0].bytes, sink.bytes);
        }
        long first = sinks[0].bytes;
        assertEquals(first, test.stream.statistics().laidOutBytes());

        RecordingSink late = test.sink(PLAYER);
        RecordingSink other = test.sink(PLAYER, 2, 4_096);
        RecordingSink small = test.sink(PLAYER, 1, 128);
        test.executor.runAll();
        assertEquals("VH1 K0 A10", late.take());
        assertEquals(sinks[0].bytes + late.bytes + other.bytes + small.bytes, test.stream.statistics().laidOutBytes());

        test.deliver(inter(40));
        assertEquals("P40", late.take());
        assertEquals(late.bytes, sinks[1].bytes);
        // The newcomer caught up by itself, and shares from there on.
        assertEquals(first + late.bytes + other.bytes + small.bytes, test.stream.statistics().laidOutBytes());
    }

    @Test
    void doesNotShareWithWhoWantsSomethingElse() {
        RecordingSink both = joined();
        RecordingSink audioOnly = test.sink(SubscribeOptions.PLAYER.withVideo(false));
        RecordingSink videoOnly = test.sink(SubscribeOptions.PLAYER.withAudio(false));
        RecordingSink all = test.sink(EVERYTHING);
        test.executor.runAll();
        test.deliver(Frames.video(0, "91 61766331 000000 65"), audio(10));
        assertEquals("K0 A10", both.take());
        assertEquals("A10", audioOnly.take());
        assertEquals("K0", videoOnly.take());
        assertEquals("K0 A10", all.take());
        assertEquals(0x17, both.frames.get(0).byteAt(0));
        assertEquals((byte) 0x91, all.frames.get(0).byteAt(0));
    }

    @Test
    void doesNotShareWithWhoWasSentOtherHeaders() {
        test.publish(videoHeader(1));
        RecordingSink first = joined();
        test.deliver(audioHeader(1), audio(10));
        assertEquals("VH1@10 AH1@10 A10", first.take());
        RecordingSink second = joined();
        test.deliver(audio(30));
        assertEquals("A30", first.take());
        assertEquals("VH1@30 AH1@30 A30", second.take());
    }

    @Test
    void whoCannotTakeMoreKeepsItsPlaceAndFlushesOnce() {
        RecordingSink slow = joined();
        RecordingSink other = joined();
        test.deliver(key(0));
        assertEquals("K0", slow.take());
        slow.writable = false;
        int flushes = slow.flushes;
        test.deliver(inter(40));
        assertEquals(flushes + 1, slow.flushes);
        test.deliver(inter(80), audio(90));
        assertEquals(flushes + 2, slow.flushes);
        assertEquals("", slow.take());
        assertEquals("K0 P40 P80 A90", other.take());
        assertEquals(0, test.executor.waiting());

        slow.writable = true;
        slow.subscription.wake();
        test.executor.runAll();
        assertEquals("P40 P80 A90", slow.take());
        assertEquals(0, slow.lost);
    }

    @Test
    void whoIsWritableAfterAFlushGetsItsFrames() {
        RecordingSink sink = joined();
        sink.writable = false;
        sink.then = word -> sink.writable |= word.equals("flush");
        test.deliver(key(0));
        assertEquals("K0", sink.take());
    }

    @Test
    void overtakenGoesOnAtTheNewestKeyframe() {
        test = TestStream.withRingOf(4);
        RecordingSink sink = joined();
        test.deliver(videoHeader(1), key(0));
        sink.writable = false;
        test.deliver(inter(40), inter(80), videoHeader(2), key(120), inter(160), key(200), inter(240));
        assertEquals("VH1 K0", sink.take());
        sink.writable = true;
        sink.subscription.wake();
        test.executor.runAll();
        assertEquals("gap:4 VH2@200 K200 P240 again:4", sink.take());
        assertEquals(4, sink.subscription.statistics().lostFrames());
        assertEquals(4, test.stream.statistics().lostFrames());
    }

    @Test
    void whatIsPassedOverBehindALossIsCountedAtOnce() {
        test = TestStream.withRingOf(4);
        RecordingSink sink = joined();
        test.deliver(key(0));
        sink.writable = false;
        test.deliver(inter(40), inter(80), inter(120), inter(160), inter(200));
        sink.writable = true;
        test.deliver(inter(240), audio(250));
        assertEquals("K0 gap:7", sink.take());
        test.deliver(inter(280), audio(290), inter(320));
        assertEquals("gap:2 A290", sink.take());
        test.close();
        assertEquals("end:UNPUBLISHED", sink.take());
        assertEquals(9, sink.subscription.statistics().lostFrames());
    }

    @Test
    void whatIsPassedOverByANewcomerIsNoLoss() {
        test.publish(inter(0));
        RecordingSink sink = joined();
        test.deliver(inter(40), audio(50), key(80));
        assertEquals("A50 K80", sink.take());
        assertEquals(0, sink.lost);
    }

    @Test
    void theEndReachesASlowSocketAfterWhatIsLeft() {
        RecordingSink sink = joined();
        sink.writable = false;
        test.publish(key(0), inter(40));
        test.publication.close();
        test.executor.runAll();
        assertEquals("", sink.take());
        assertEquals(1, test.stream.statistics().subscribers());
        sink.writable = true;
        sink.subscription.wake();
        test.executor.runAll();
        assertEquals("K0 P40 end:UNPUBLISHED", sink.take());
        assertEquals(0, test.stream.statistics().subscribers());
    }

    @Test
    void writesNoMoreThanOneImageBeyondTheMark() {
        RecordingSink sink = joined();
        sink.room = 1;
        test.deliver(videoOf(true, 0, 100_000), videoOf(false, 40, 100_000), videoOf(false, 80, 100_000), videoOf(false, 120, 100_000));
        assertEquals("K0 P40 P80", sink.take());
        sink.room = 5;
        sink.subscription.wake();
        test.executor.runAll();
        assertEquals("P120", sink.take());
    }

    @Test
    void getsALongBacklogInImagesOf256() {
        test.publish(key(0));
        for (int i = 1; i < 600; i++) {
            test.publish(inter(i));
        }
        RecordingSink sink = joined();
        assertEquals(600, sink.frames.size());
        assertEquals(3, sink.writes);
    }

    @ParameterizedTest
    @CsvSource({"isWritable", "write", "flush", "gap:2", "end:CANCELLED"})
    void whoThrowsIsRemovedAndNobodyElseNotices(String word) {
        test = TestStream.withRingOf(2);
        RecordingSink failing = joined();
        RecordingSink other = joined();
        test.deliver(key(0));
        failing.then = said -> {
            if (said.equals(word)) {
                throw new IllegalStateException("on purpose");
            }
        };
        if (word.startsWith("end")) {
            failing.subscription.cancel();
        }
        test.deliver(inter(40), inter(80), key(120), inter(160));
        failing.then = said -> {};
        test.deliver(inter(200));
        assertEquals(word.startsWith("end") ? word : "end:FAILED", failing.take().replaceAll(".* ", ""));
        assertEquals("K0 gap:2 K120 P160 again:2 P200", other.take());
        assertEquals(word.startsWith("end") ? 0 : 1, test.stream.statistics().failedSubscribers());
        assertEquals(1, test.stream.statistics().subscribers());
    }

    /** A host made a frame that says many tracks and has none: nobody skips it, or what is beside it, in silence. */
    @Test
    void aFrameThatCannotBeLaidOutFailsAllThatWantIt() {
        RecordingSink first = joined();
        RecordingSink second = joined();
        RecordingSubscriber all = test.joined();
        FrameInfo wrong = new FrameInfo(MediaKind.VIDEO, FrameRole.CODED, Codec.AVC, 0, false, /* manyTracks= */ true);
        test.deliver(key(0), MediaFrame.copyOf(wrong, 40, new byte[] {(byte) 0x96}));
        assertEquals("end:FAILED", first.take());
        assertEquals("end:FAILED", second.take());
        assertEquals(2, test.stream.statistics().failedSubscribers());
        assertEquals("start[] K0 P40 batch", all.take());
    }

    @Test
    void aFrameThatIsTooLongFailsWithoutALeak() {
        RecordingSink first = joined();
        RecordingSink second = joined();
        test.deliver(key(0), videoOf(true, 40, 0x1000000));
        assertEquals("end:FAILED", first.take());
        assertEquals("end:FAILED", second.take());
    }
}
