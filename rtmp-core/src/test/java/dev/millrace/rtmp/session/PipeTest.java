package dev.millrace.rtmp.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.amf.AmfNumber;
import dev.millrace.amf.AmfObject;
import dev.millrace.media.MediaKind;
import dev.millrace.rtmp.chunk.ChunkMessage;
import dev.millrace.rtmp.chunk.ChunkWriter;
import dev.millrace.rtmp.message.Command;
import dev.millrace.rtmp.message.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The two sessions of this library understand each other. */
class PipeTest {

    private static final int SEEDS = 10;

    private static ClientOptions client(boolean digest) {
        return new ClientOptions("live", "rtmp://host/live", "test", AmfObject.builder().put("capsEx", new AmfNumber(2)).build(), digest);
    }

    private static byte[] payload(SplittableRandom random, int most) {
        byte[] payload = new byte[random.nextInt(1, most)];
        random.nextBytes(payload);
        return payload;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void publishes(boolean digest) throws Exception {
        for (int seed = 0; seed < SEEDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            try (Pipe pipe = new Pipe(seed, client(digest))) {
                pipe.client.publish("key?token=x");
                pipe.advance();
                assertEquals(new SessionEvent.PublishRequested(1, "key?token=x", "live"), pipe.serverEvents.get(1));
                ClientEvent.Connected connected = (ClientEvent.Connected) pipe.clientEvents.get(0);
                assertEquals(6, connected.properties().number("capsEx").orElseThrow());
                assertEquals(Status.CONNECT_SUCCESS, connected.information().string("code").orElseThrow());
                assertEquals(
                        new ClientEvent.StatusReceived(1, Status.status(Status.PUBLISH_START, "Publishing.")), pipe.clientEvents.get(1));
                pipe.serverEvents.clear();
                for (int i = 0; i < 20; i++) {
                    MediaKind kind = MediaKind.values()[i % 3];
                    byte[] payload = payload(random, i == 7 ? 200_000 : 2_000);
                    if (kind == MediaKind.AUDIO && payload.length > 65_536) {
                        kind = MediaKind.VIDEO;
                    }
                    int timestampMillis = i * 0x1999_9999;
                    pipe.client.sendMedia(1, kind, timestampMillis, payload);
                    pipe.advance();
                    SessionEvent.MediaReceived media = (SessionEvent.MediaReceived) pipe.serverEvents.get(i);
                    assertEquals(kind, media.kind());
                    assertEquals(timestampMillis, media.timestampMillis());
                    assertArrayEquals(payload, media.payload());
                }
                pipe.client.stop(1, "key?token=x");
                pipe.advance();
                assertEquals(new SessionEvent.PublishStopped(1), pipe.serverEvents.get(20));
                assertEquals(21, pipe.serverEvents.size());
                assertEquals(0, pipe.server.skippedMessages());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void plays(boolean digest) throws Exception {
        for (int seed = 0; seed < SEEDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            try (Pipe pipe = new Pipe(seed, client(digest))) {
                pipe.advance();
                pipe.client.play("key");
                pipe.advance();
                assertEquals(
                        List.of(new SessionEvent.PlayRequested(1, "key", -2000), new SessionEvent.BufferLengthSet(1, 3000)),
                        pipe.serverEvents.subList(1, 3));
                assertEquals(
                        List.of(
                                new ClientEvent.StatusReceived(1, Status.status(Status.PLAY_RESET, "Playing and resetting.")),
                                new ClientEvent.StatusReceived(1, Status.status(Status.PLAY_START, "Playing."))),
                        pipe.clientEvents.subList(1, 3));
                assertEquals(MediaKind.DATA, ((ClientEvent.MediaReceived) pipe.clientEvents.get(3)).kind()); // |RtmpSampleAccess
                byte[] payload = payload(random, 200_000);
                // Media of a player do not go through its session, only its chunk size.
                ByteBuf wire = Unpooled.buffer();
                new ChunkWriter(pipe.server.chunkBytesOut()).write(new ChunkMessage(6, 40, 9, 1, payload), wire);
                pipe.client.receive(wire, pipe.nowMillis);
                ClientEvent.MediaReceived media = (ClientEvent.MediaReceived) pipe.clientEvents.get(4);
                assertEquals(40, media.timestampMillis());
                assertArrayEquals(payload, media.payload());
                pipe.server.endPlay(1);
                pipe.advance();
                assertEquals(
                        List.of(
                                new ClientEvent.StreamEnded(1),
                                new ClientEvent.StatusReceived(1, Status.status(Status.PLAY_UNPUBLISH_NOTIFY, "The stream is over."))),
                        pipe.clientEvents.subList(5, 7));
            }
        }
    }

    @Test
    void tellsTheClientWhyItIsRefused() throws Exception {
        try (Pipe pipe = new Pipe(1, client(false))) {
            pipe.undecided();
            pipe.client.publish("key");
            pipe.advance();
            pipe.server.acceptConnect();
            pipe.server.resume(pipe.nowMillis);
            pipe.advance();
            pipe.server.rejectPublish(1, Status.error(Status.PUBLISH_BAD_NAME, "in use"));
            pipe.advance();
            assertEquals(
                    new ClientEvent.StatusReceived(1, Status.error(Status.PUBLISH_BAD_NAME, "in use")), pipe.clientEvents.get(1));
            assertTrue(pipe.server.isClosing());
        }
        try (Pipe pipe = new Pipe(1, client(true))) {
            pipe.undecided();
            pipe.advance();
            pipe.server.rejectConnect(Status.error(Status.CONNECT_INVALID_APP, "no"));
            pipe.advance();
            assertEquals(List.of(new ClientEvent.Refused(Status.error(Status.CONNECT_INVALID_APP, "no"))), pipe.clientEvents);
        }
    }

    @Test
    void carriesPingsBothWaysAndAnyCommand() throws Exception {
        try (Pipe pipe = new Pipe(1, client(false))) {
            pipe.client.publish("key");
            pipe.advance();
            pipe.nowMillis += 30_000;
            assertTrue(pipe.server.onTime(pipe.nowMillis).isEmpty());
            pipe.advance();
            pipe.client.sendCommand(1, Command.of("closeStream", 0));
            pipe.advance();
            assertEquals(new SessionEvent.PublishStopped(1), pipe.serverEvents.get(2));
            assertEquals(0, pipe.server.skippedMessages());
            // onFCPublish is a call that a client of this library has no use for.
            assertEquals(pipe.client.skipped().get(SkipReason.OUT_OF_PLACE), pipe.client.skippedMessages());
        }
    }
}
