package dev.millrace.rtmp.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.rtmp.ByteBudget;
import dev.millrace.rtmp.RtmpLimits;
import dev.millrace.rtmp.message.Status;
import dev.millrace.rtmp.stream.StreamRegistry;
import dev.millrace.rtmp.stream.StreamResources;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Case 45: two connections, each on a thread of its own, publish one name at the same instant. */
@Timeout(60)
class PublisherRaceTest {

    private static final int ROUNDS = 1000;

    private final TrackedBuffers buffers = new TrackedBuffers();
    private final ManualTime time = new ManualTime();
    private final StreamRegistry registry =
            StreamRegistry.inMemory(new StreamResources(new ByteBudget(1 << 20), buffers.allocator(), time, time));
    private final ConnectionServices services = new ConnectionServices(
            AccessPolicy.ALLOW_ALL, registry, RtmpListener.NONE, RtmpLimits.DEFAULT, new ByteBudget(1 << 20), buffers.allocator(), new Random(3), time);
    private final CyclicBarrier start = new CyclicBarrier(2);

    @Test
    void oneIsTheOwnerAndTheOtherIsRefused() throws Exception {
        ExecutorService one = Executors.newSingleThreadExecutor();
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            for (int round = 0; round < ROUNDS; round++) {
                Future<TestClient> first = one.submit(() -> publish(one));
                Future<TestClient> second = other.submit(() -> publish(other));
                judge(round, first.get(), second.get());
                end(one, first.get());
                end(other, second.get());
                assertTrue(registry.streams().isEmpty(), "round " + round);
            }
        } finally {
            one.shutdown();
            other.shutdown();
        }
        assertTrue(one.awaitTermination(30, TimeUnit.SECONDS) && other.awaitTermination(30, TimeUnit.SECONDS));
        buffers.close();
    }

    private TestClient publish(ExecutorService executor) throws Exception {
        PipeTransport pipe = new PipeTransport(executor);
        TestClient client = new TestClient("live", pipe, RtmpConnection.open(pipe, services), buffers, time);
        while (client.exchange()) {
            // Handshake and connect first, so that the next bytes are the claim.
        }
        client.session.publish("cam");
        start.await(30, TimeUnit.SECONDS);
        while (client.exchange()) {
            // Until there is nothing more to say.
        }
        return client;
    }

    private static void judge(int round, TestClient one, TestClient other) {
        TestClient owner = Stage.publishes(one) ? one : other;
        TestClient loser = owner == one ? other : one;
        assertEquals("status on 1", owner.told(Status.PUBLISH_START), "round " + round);
        assertEquals("error on 1", loser.told(Status.PUBLISH_BAD_NAME), "round " + round);
        assertTrue(loser.isClosed() && !owner.isClosed(), "round " + round);
    }

    private static void end(ExecutorService executor, TestClient client) throws Exception {
        executor.submit(client::close).get(30, TimeUnit.SECONDS);
    }
}
