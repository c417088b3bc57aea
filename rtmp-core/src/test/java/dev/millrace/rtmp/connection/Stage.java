package dev.millrace.rtmp.connection;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.rtmp.ByteBudget;
import dev.millrace.rtmp.RtmpLimits;
import dev.millrace.rtmp.message.Status;
import dev.millrace.rtmp.stream.LiveStream;
import dev.millrace.rtmp.stream.StreamName;
import dev.millrace.rtmp.stream.StreamRegistry;
import dev.millrace.rtmp.stream.StreamResources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Clients and their connections on one executor, with time that stands still. Closing it checks that every buffer was released. */
final class Stage implements AutoCloseable {

    private static final Duration TICK = Duration.ofMillis(100);

    final TrackedBuffers buffers = new TrackedBuffers();
    final ManualExecutor executor = new ManualExecutor();
    final ManualTime time = new ManualTime();
    final ByteBudget ringBytes = new ByteBudget(64 << 20);
    final ByteBudget partialBytes = new ByteBudget(64 << 20);
    final RecordingListener heard = new RecordingListener();
    final List<TestClient> clients = new ArrayList<>();

    AccessPolicy access = AccessPolicy.ALLOW_ALL;
    RtmpListener listener = heard;
    RtmpLimits limits = RtmpLimits.DEFAULT;
    StreamRegistry registry = StreamRegistry.inMemory(new StreamResources(ringBytes, buffers.allocator(), time, time));

    /** Whether the executor is one with timers, as an event loop is. */
    boolean timers;

    TestClient client(String app) {
        PipeTransport pipe = new PipeTransport(timers ? new ManualTimers(executor, time) : executor);
        ConnectionServices services =
                new ConnectionServices(access, registry, listener, limits, partialBytes, buffers.allocator(), new Random(2), time);
        TestClient client = new TestClient(app, pipe, RtmpConnection.open(pipe, services), buffers, time);
        clients.add(client);
        return client;
    }

    TestClient publisher(String name) {
        TestClient client = client("live");
        client.session.publish(name);
        settle();
        return client;
    }

    TestClient player(String name) {
        TestClient client = client("live");
        client.session.play(name);
        settle();
        return client;
    }

    /** Until nobody has anything to do without more time. */
    void settle() {
        boolean any = true;
        while (any) {
            any = executor.runAll();
            for (TestClient client : List.copyOf(clients)) {
                any |= client.exchange();
            }
        }
    }

    /** For tests with thousands of clients. */
    void forget(TestClient client) {
        client.close();
        clients.remove(client);
        executor.runAll();
    }

    void advance(Duration by) {
        for (Duration gone = Duration.ZERO; gone.compareTo(by) < 0; gone = gone.plus(TICK)) {
            time.advance(TICK);
            for (TestClient client : List.copyOf(clients)) {
                if (!client.isClosed()) {
                    client.connection.transportListener().onTime(time.millis());
                }
            }
            settle();
        }
    }

    Optional<LiveStream> stream(String path) {
        return registry.find(new StreamName(path)).toCompletableFuture().join();
    }

    static boolean publishes(TestClient client) {
        return client.isTold(Status.PUBLISH_START);
    }

    static boolean plays(TestClient client) {
        return client.isTold(Status.PLAY_START);
    }

    @Override
    public void close() {
        clients.forEach(TestClient::close);
        executor.runAll();
        buffers.close();
        if (!registry.streams().isEmpty() || ringBytes.usedBytes() != 0 || partialBytes.usedBytes() != 0) {
            throw new AssertionError("left behind: streams " + registry.streams() + ", " + ringBytes.usedBytes() + " bytes of rings, "
                    + partialBytes.usedBytes() + " bytes of messages");
        }
    }
}
