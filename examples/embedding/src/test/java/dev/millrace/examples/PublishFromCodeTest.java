package dev.millrace.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.media.EndReason;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaFrame;
import dev.millrace.rtmp.ByteBudget;
import dev.millrace.rtmp.stream.LiveStream;
import dev.millrace.rtmp.stream.StreamBusyException;
import dev.millrace.rtmp.stream.StreamName;
import dev.millrace.rtmp.stream.StreamOptions;
import dev.millrace.rtmp.stream.StreamRegistry;
import dev.millrace.rtmp.stream.StreamResources;
import dev.millrace.rtmp.stream.SubscribeOptions;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishFromCodeTest {

    private static final StreamName NAME = new StreamName("live/file");

    private final ManualTime time = new ManualTime();
    private final StreamRegistry registry =
            StreamRegistry.inMemory(new StreamResources(new ByteBudget(64 << 20), UnpooledByteBufAllocator.DEFAULT, time, time));
    private final List<MediaFrame> arrived = new ArrayList<>();
    private List<MediaFrame> frames;

    @BeforeEach
    void read() throws Exception {
        frames = TestClient.media();
    }

    private CompletableFuture<EndReason> publish() {
        CompletableFuture<EndReason> end = PublishFromCode.publish(registry, NAME, frames, time, time).toCompletableFuture();
        stream().subscribe(arrived::add, Runnable::run, SubscribeOptions.EVERYTHING);
        return end;
    }

    private LiveStream stream() {
        return registry.find(NAME).toCompletableFuture().join().orElseThrow();
    }

    @Test
    void eachFrameComesWhenItsTimeHasCome() {
        CompletableFuture<EndReason> end = publish();
        assertEquals(1, arrived.stream().filter(MediaFrame::isKeyframe).count());
        for (int second = 1; second <= 6; second++) {
            time.advance(1_000);
            int until = second * 1_000;
            List<String> due = codedUntil(until);
            List<String> there = TestClient.coded(arrived);
            assertEquals(due.subList(0, Math.min(due.size(), there.size())), there, () -> "after " + until);
            // Audio may wait 40 ms for a picture.
            assertTrue(there.size() >= codedUntil(until - 40).size(), () -> "after " + until);
        }
        assertFalse(end.isDone());
    }

    private List<String> codedUntil(int millis) {
        return TestClient.coded(frames.stream().filter(frame -> frame.timestampMillis() <= millis).toList());
    }

    @Test
    void theStreamEndsWithTheLastFrame() throws Exception {
        CompletableFuture<EndReason> end = publish();
        time.advance(10_000);
        assertEquals(EndReason.UNPUBLISHED, end.get(30, TimeUnit.SECONDS));
        assertEquals(TestClient.coded(frames), TestClient.coded(arrived));
        assertTrue(registry.streams().isEmpty());
    }

    @Test
    void aNameThatIsTakenIsNotPublished() {
        registry.publish(NAME, StreamOptions.DEFAULT).toCompletableFuture().join();
        CompletableFuture<EndReason> end = PublishFromCode.publish(registry, NAME, frames, time, time).toCompletableFuture();
        assertInstanceOf(StreamBusyException.class, assertThrows(ExecutionException.class, () -> end.get(30, TimeUnit.SECONDS)).getCause());
        assertEquals(0, time.waiting());
    }

    @Test
    void whoEndsTheStreamEndsThePublisher() throws Exception {
        CompletableFuture<EndReason> end = publish();
        time.advance(1_000);
        stream().close(EndReason.CLOSED_BY_HOST);
        int before = arrived.size();
        time.advance(1_000);
        assertEquals(EndReason.CLOSED_BY_HOST, end.get(30, TimeUnit.SECONDS));
        assertEquals(before, arrived.size());
        assertEquals(0, time.waiting());
    }

    @Test
    void whatIsNoFlvFileIsRefused(@TempDir Path folder) throws Exception {
        Path text = Files.writeString(folder.resolve("text.flv"), "this is no FLV file");
        assertThrows(MalformedException.class, () -> PublishFromCode.read(text));
    }
}
