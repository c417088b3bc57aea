package dev.millrace.rtmp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.amf.AmfLimits;
import dev.millrace.rtmp.ByteBudget;
import dev.millrace.rtmp.ChunkLimits;
import dev.millrace.rtmp.MessageLimits;
import dev.millrace.rtmp.chunk.ChunkMessage;
import dev.millrace.rtmp.chunk.ChunkReader;
import dev.millrace.rtmp.chunk.ChunkWriter;
import dev.millrace.rtmp.message.RtmpMessage;
import dev.millrace.rtmp.message.SetPeerBandwidth;
import dev.millrace.rtmp.message.Status;
import dev.millrace.rtmp.message.UserControl;
import dev.millrace.rtmp.message.WindowAcknowledgementSize;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Deadlines, pings, windows and acknowledgements of a client, in front of a server that answers what the test says. */
class ClientDeadlineTest {

    private final Pipe pipe = new Pipe(1, ClientOptions.of("live", "rtmp://host/live"));
    private final ChunkReader sent =
            new ChunkReader(ChunkLimits.DEFAULT, MessageLimits.DEFAULT, new ByteBudget(1 << 20));

    ClientDeadlineTest() {
        pipe.undecided();
    }

    @AfterEach
    void releasesEverything() {
        sent.close();
        pipe.close();
    }

    private void connect() throws Exception {
        pipe.advance();
        pipe.server.acceptConnect();
        pipe.advance();
    }

    private void startToPublish() throws Exception {
        connect();
        pipe.client.publish("key");
        pipe.advance();
        pipe.server.acceptPublish(1);
        pipe.advance();
    }

    /** Checks that the deadline is at a time from {@code from} to {@code to}, and not before. */
    private void assertDue(long from, long to, String what) {
        long due = pipe.client.nextDeadline().orElseThrow();
        assertEquals(Math.max(from, Math.min(to, due)), due);
        assertEquals(Optional.empty(), pipe.client.onTime(due - 1));
        assertEquals(Optional.of(what), pipe.client.onTime(due));
    }

    private void receive(RtmpMessage... messages) throws Exception {
        ByteBuf wire = Unpooled.buffer();
        for (RtmpMessage message : messages) {
            ByteBuf body = Unpooled.buffer();
            message.writeTo(body);
            byte[] payload = new byte[body.readableBytes()];
            body.readBytes(payload);
            new ChunkWriter(60_000).write(new ChunkMessage(2, 0, message.typeId(), 0, payload), wire);
        }
        pipe.client.receive(wire, pipe.nowMillis);
    }

    /** What the client has sent since the last time. */
    private List<RtmpMessage> sent() throws Exception {
        List<RtmpMessage> messages = new ArrayList<>();
        ByteBuf out = pipe.client.takeOutput();
        try {
            Optional<ChunkMessage> message = sent.read(out);
            while (message.isPresent()) {
                messages.add(RtmpMessage.parse(message.get(), AmfLimits.DEFAULT));
                message = sent.read(out);
            }
            return messages;
        } finally {
            out.release();
        }
    }

    @Test
    void theServerMustShakeHandsInTime() throws Exception {
        for (int second = 1; second < 10; second++) {
            pipe.client.receive(Unpooled.wrappedBuffer(new byte[] {3}), second * 1_000);
        }
        assertDue(10_000, 10_000, "handshake");
    }

    @Test
    void theServerMustAnswerConnectInTime() throws Exception {
        pipe.advance();
        assertDue(10_000, 10_000 + pipe.nowMillis, "answer to connect");
    }

    @Test
    void theServerMustStartPublishingOrPlayingInTime() throws Exception {
        connect();
        long before = pipe.nowMillis;
        pipe.client.publish("key");
        pipe.advance();
        assertDue(before + 19_000, before + 20_000, "start of publishing");
        pipe.server.rejectPublish(1, Status.error(Status.PUBLISH_BAD_NAME, "in use"));
        pipe.advance();
        pipe.client.play("key");
        assertDue(before + 20_000, before + 60_000, "start of playing");
    }

    @Test
    void anAnswerEndsTheDeadline() throws Exception {
        connect();
        pipe.client.publish("key");
        pipe.advance();
        pipe.server.rejectPublish(1, Status.error(Status.PUBLISH_BAD_NAME, "in use"));
        pipe.advance();
        assertEquals(Optional.empty(), pipe.client.onTime(pipe.nowMillis + 1_000_000));
    }

    @Test
    void aRefusedConnectEndsTheDeadline() throws Exception {
        pipe.advance();
        pipe.server.rejectConnect(Status.error(Status.CONNECT_REJECTED, "no"));
        pipe.advance();
        assertEquals(OptionalLong.empty(), pipe.client.nextDeadline());
    }

    @Test
    void pingsEachHalfMinuteAndToleratesSilence() throws Exception {
        startToPublish();
        long first = pipe.client.nextDeadline().orElseThrow();
        pipe.client.takeOutput().release();
        for (long ping = first; ping < first + 90_000; ping += 30_000) {
            assertEquals(OptionalLong.of(ping), pipe.client.nextDeadline());
            assertEquals(Optional.empty(), pipe.client.onTime(ping - 1));
            assertEquals(List.of(), sent());
            assertEquals(Optional.empty(), pipe.client.onTime(ping));
            assertEquals(List.of(new UserControl.PingRequest((int) ping)), sent());
        }
    }

    @Test
    void answersPingsAndWindowsAndAcknowledgesBytes() throws Exception {
        startToPublish();
        receive(new UserControl.PingRequest(7), new SetPeerBandwidth(5_000, SetPeerBandwidth.DYNAMIC));
        assertEquals(List.of(new UserControl.PingResponse(7), new WindowAcknowledgementSize(5_000)), sent());
        receive(new WindowAcknowledgementSize(20));
        List<RtmpMessage> acknowledged = sent();
        assertEquals(1, acknowledged.size());
        assertEquals(
                "Acknowledgement[sequenceNumber=" + pipe.client.bytesReceived() + "]", acknowledged.get(0).toString());
    }

    @Test
    void dropsRepliesWhileTheTransportIsCongested() throws Exception {
        startToPublish();
        pipe.client.congested(true);
        receive(new UserControl.PingRequest(7));
        pipe.client.onTime(pipe.client.nextDeadline().orElseThrow());
        assertEquals(List.of(), sent());
        assertEquals(2L, pipe.client.skipped().get(SkipReason.CONGESTED));
    }

    @Test
    void nothingIsDueAfterTheEnd() throws Exception {
        startToPublish();
        pipe.client.close();
        assertEquals(OptionalLong.empty(), pipe.client.nextDeadline());
        assertEquals(Optional.empty(), pipe.client.onTime(1_000_000));
    }
}
