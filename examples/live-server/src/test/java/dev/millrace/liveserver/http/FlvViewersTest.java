package dev.millrace.liveserver.http;

import static dev.millrace.liveserver.http.Pictures.number;
import static dev.millrace.liveserver.http.Pictures.picture;
import static dev.millrace.liveserver.http.Pictures.publish;
import static dev.millrace.liveserver.http.TestServer.STREAMS;
import static dev.millrace.liveserver.http.TestServer.header;
import static dev.millrace.liveserver.http.TestServer.limits;
import static dev.millrace.liveserver.http.TestServer.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.FlvTag;
import dev.millrace.media.MediaFrame;
import dev.millrace.rtmp.stream.LiveStream;
import dev.millrace.rtmp.stream.Publication;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Viewers who are many, slow, or gone. */
class FlvViewersTest {

    private static final String PATH = "/live/test123.flv";

    private final TestStreams streams = new TestStreams();
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        HttpLimits limits = limits(2, Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(10));
        server = TestServer.start(TestServer.options().with(limits), streams);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void thereAreOnlySoManyViewers() throws Exception {
        Publication publication = streams.publish("live/test123");
        publish(publication, picture(1, true, 100));
        FlvClient first = FlvClient.watch(server, PATH);
        FlvClient second = FlvClient.watch(server, PATH);
        server.awaitFlvViewers(2);
        assertEquals(2, server.json(STREAMS).get("streams").get(0).get("subscribers").asInt());
        HttpResponse<byte[]> refused = server.send("GET", PATH);
        assertEquals(503, refused.statusCode());
        assertEquals("5", header(refused, "Retry-After"));
        assertEquals("{\"error\":\"too many viewers\"}", TestServer.text(refused));
        // No frame comes, and yet it is seen that one has left.
        first.close();
        server.awaitFlvViewers(1);
        try (FlvClient third = FlvClient.watch(server, PATH)) {
            assertEquals(1, number(third.nextPicture()));
            publication.close();
            third.rest();
            second.rest();
        }
        server.awaitFlvViewers(0);
    }

    @Test
    void oneThatLeavesLeavesNothingBehind() throws Exception {
        Publication publication = streams.publish("live/test123");
        LiveStream stream = publication.stream();
        int before = stream.subscriptions().size();
        publish(publication, picture(1, true, 100));
        try (Socket socket = server.connect()) {
            write(socket, "GET " + PATH + " HTTP/1.1\r\nHost: x\r\n\r\n");
            assertEquals('H', socket.getInputStream().read());
            assertEquals(before + 1, stream.subscriptions().size());
            // What a client says meanwhile does no harm.
            write(socket, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            socket.setSoLinger(true, 0);
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        for (int i = 2; stream.subscriptions().size() > before; i++) {
            assertTrue(System.nanoTime() < end, "still subscribed");
            publish(publication, picture(i, true, 100));
            server.flvViewers();
        }
        assertEquals(0, stream.statistics().failedSubscribers());
        server.awaitFlvViewers(0);
    }

    @Test
    void oneThatNeverReadsIsEnded() throws Exception {
        HttpLimits impatience = limits(2, Duration.ofSeconds(30), Duration.ofMillis(300), Duration.ofSeconds(10));
        server.close();
        server = TestServer.start(TestServer.options().with(impatience), streams);
        Publication publication = streams.publish("live/test123");
        int before = publication.stream().subscriptions().size();
        Publication silent = streams.publish("live/silent");
        publish(silent, picture(1, true, 100));
        try (Socket socket = new Socket(); FlvClient watching = FlvClient.watch(server, "/live/silent.flv")) {
            socket.setReceiveBufferSize(4_096);
            socket.connect(new InetSocketAddress("127.0.0.1", server.server().port()));
            write(socket, "GET " + PATH + " HTTP/1.1\r\nHost: x\r\n\r\n");
            publish(publication, picture(0, true, 100));
            assertEquals('H', socket.getInputStream().read());
            server.awaitFlvViewers(2);
            for (int i = 1; i <= 100; i++) {
                publish(publication, picture(i, true, 100_000));
            }
            server.awaitFlvViewers(1);
            assertEquals(before, publication.stream().subscriptions().size());
            // To the other nothing was written for as long, and it stays.
            publish(silent, picture(2, true, 100));
            assertEquals(1, number(watching.nextPicture()));
            assertEquals(2, number(watching.nextPicture()));
        }
    }

    @Test
    void oneThatIsSlowGoesOnAtAKeyframe() throws Exception {
        Publication publication = streams.publish("live/test123");
        publish(publication, picture(0, true, 100));
        try (FlvClient client = FlvClient.watch(server, PATH)) {
            assertEquals(0, number(client.nextPicture()));
            // 80 MB, of which the ring holds 32.
            int pictures = 400;
            for (int i = 1; i <= pictures; i++) {
                publish(publication, picture(i, i % 10 == 0, 200_000));
            }
            publication.close();
            int last = 0;
            int gaps = 0;
            for (FlvTag tag : client.rest()) {
                MediaFrame frame = tag.toFrame();
                if (number(frame) != last + 1) {
                    assertTrue(frame.isKeyframe(), number(frame) + " behind " + last);
                    gaps++;
                }
                assertEquals(200_000, frame.size());
                last = number(frame);
            }
            assertEquals(pictures, last);
            assertTrue(gaps > 0, "nothing was lost");
            assertTrue(publication.stream().statistics().lostFrames() > 0);
        }
    }

    @Test
    void manyViewersOfOneStreamNeedNoThreadEach() throws Exception {
        server.close();
        server = TestServer.start(streams);
        Publication publication = streams.publish("live/test123");
        publish(publication, picture(1, true, 100));
        List<Socket> viewers = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                Socket socket = server.connect();
                viewers.add(socket);
                write(socket, "GET " + PATH + " HTTP/1.0\r\nHost: x\r\n\r\n");
            }
            server.awaitFlvViewers(100);
            for (Socket socket : viewers) {
                assertEquals('H', socket.getInputStream().read(), "has its first picture");
            }
            long threads = Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().startsWith("http-")).count();
            assertTrue(threads <= 32, threads + " threads");
            publish(publication, picture(2, true, 100));
            publication.close();
            for (Socket socket : viewers) {
                InputStream in = socket.getInputStream();
                byte[] answer = in.readAllBytes();
                // Head and file header vary; two tags of 100 bytes do not.
                assertEquals(100 + 11, answer[answer.length - 1] & 0xFF);
                assertEquals(100 + 11, answer[answer.length - 1 - 115] & 0xFF);
            }
        } finally {
            for (Socket socket : viewers) {
                socket.close();
            }
        }
    }
}
