package dev.millrace.rtmp.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.media.MediaFrame;
import dev.millrace.rtmp.ByteBudget;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Many streams share a budget that is too small for what each would like to keep. */
class RingBudgetTest {

    private static final int STREAMS = 1_000;
    private static final int BYTES_PER_SECOND = 5_000_000 / 8;
    private static final int FRAMES_PER_SECOND = 30;
    private static final int SECONDS = 12;
    private static final long BUDGET = 96L << 20;

    /** What a ring keeps when nothing is left: the parts of {@link RingLimits} that no budget takes away, see {@link FrameRing}. */
    private static final long SPENT_BYTES = BYTES_PER_SECOND + 2L * BYTES_PER_SECOND / FRAMES_PER_SECOND;

    private final ManualTime time = new ManualTime();
    private final ManualExecutor executor = new ManualExecutor();
    private final ByteBudget budget = new ByteBudget(BUDGET);
    private final List<Publication> publications = new ArrayList<>();
    private final List<RecordingSubscriber> subscribers = new ArrayList<>();

    /** All streams send the same bytes: what is counted is what they would take. */
    private final byte[] payload = payload();

    private static byte[] payload() {
        byte[] bytes = new byte[BYTES_PER_SECOND / FRAMES_PER_SECOND];
        bytes[0] = 0x27;
        bytes[1] = 1;
        return bytes;
    }

    private MediaFrame frame(int number) {
        long millis = 1_000L * number / FRAMES_PER_SECOND;
        return number % (2 * FRAMES_PER_SECOND) == 0 ? Frames.key(millis) : Frames.videoOf(millis, payload);
    }

    @Test
    void aThousandPublishersTrimThemselvesAndNobodyWhoKeepsUpLosesAnything() {
        StreamResources resources = new StreamResources(budget, UnpooledByteBufAllocator.DEFAULT, time, time);
        for (int i = 0; i < STREAMS; i++) {
            Publication publication = Publication.create(new StreamName("live/s" + i), TestStream.AT_ONCE, resources);
            publications.add(publication);
            if (i % 50 == 0) {
                RecordingSubscriber subscriber = new RecordingSubscriber();
                subscriber.subscription = publication.stream().subscribe(subscriber, executor, SubscribeOptions.EVERYTHING);
                subscribers.add(subscriber);
            }
        }
        executor.runAll();
        long most = 0;
        for (int number = 0; number < SECONDS * FRAMES_PER_SECOND; number++) {
            time.advance(1_000 / FRAMES_PER_SECOND);
            for (Publication publication : publications) {
                publication.publish(frame(number));
                publication.flush();
            }
            executor.runAll();
            most = Math.max(most, budget.usedBytes());
        }
        // Four seconds of a thousand streams would be 2.5 GB.
        assertTrue(most <= BUDGET + STREAMS * SPENT_BYTES, most + " bytes at most");
        for (RecordingSubscriber subscriber : subscribers) {
            SubscriptionStatistics statistics = subscriber.subscription.statistics();
            assertEquals(0, statistics.lostFrames());
            assertEquals(SECONDS * FRAMES_PER_SECOND, statistics.frames());
        }
        publications.forEach(Publication::close);
        executor.runAll();
        assertEquals(0, budget.usedBytes());
    }
}
