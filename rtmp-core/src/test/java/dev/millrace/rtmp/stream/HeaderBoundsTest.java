package dev.millrace.rtmp.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.FlvFrames;
import dev.millrace.media.FrameInfo;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.Scheduler;
import dev.millrace.rtmp.ByteBudget;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Headers are held by entries of the ring: they are bounded one by one, and charged together. */
class HeaderBoundsTest {

    private final ByteBudget budget = new ByteBudget(1 << 30);
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final Publication publication = Publication.create(
            new StreamName("live/cam"),
            StreamOptions.DEFAULT,
            new StreamResources(budget, UnpooledByteBufAllocator.DEFAULT, now::get, Scheduler.shared()));
    private final LiveStream stream = publication.stream();

    private static MediaFrame header(int bytes, int content) throws Exception {
        byte[] body = new byte[bytes];
        body[0] = 0x17;
        body[bytes - 1] = (byte) content;
        return FlvFrames.video(0, body);
    }

    private static MediaFrame keyframe() throws Exception {
        return FlvFrames.video(0, new byte[] {0x17, 1, 0, 0, 0, 0, 0, 0, 1, 0x65});
    }

    @Test
    void aHeaderThatIsTooLongIsIgnoredAndCounted() throws Exception {
        publication.publish(header((64 << 10) + 1, 1));
        assertEquals(1, stream.statistics().ignoredFrames());
        assertTrue(stream.headers().tracks().isEmpty());
        publication.publish(header(64 << 10, 1));
        assertEquals(1, stream.headers().tracks().size());
    }

    @Test
    void metadataThatIsTooLongIsIgnoredAndCounted() {
        publication.publish(MediaFrame.takeOver(FrameInfo.METADATA, 0, new byte[(256 << 10) + 1]));
        assertEquals(Optional.empty(), stream.headers().metadata());
        publication.publish(MediaFrame.takeOver(FrameInfo.METADATA, 0, new byte[256 << 10]));
        assertTrue(stream.headers().metadata().isPresent());
        assertEquals(1, stream.statistics().ignoredFrames());
    }

    @Test
    void headersThatChangeWithEachFrameAreChargedAndBounded() throws Exception {
        for (int i = 0; i < 2_000; i++) {
            publication.publish(header(60_000, i));
            publication.publish(keyframe());
            assertTrue(budget.usedBytes() <= StreamOptions.DEFAULT.ring().maxBytes(), budget.usedBytes() + " bytes");
        }
        assertTrue(budget.usedBytes() > StreamOptions.DEFAULT.ring().maxBytes() / 2, budget.usedBytes() + " bytes");
        publication.close();
        assertEquals(0, budget.usedBytes());
    }

    @Test
    void aPublisherThatSendsDataAloneIsIdle() throws Exception {
        publication.publish(keyframe());
        now.set(Instant.EPOCH.plusSeconds(7));
        publication.publish(MediaFrame.takeOver(FrameInfo.DATA, 0, new byte[] {2, 0, 1, 'x'}));
        assertEquals(Duration.ofSeconds(7), stream.idleTime());
    }
}
