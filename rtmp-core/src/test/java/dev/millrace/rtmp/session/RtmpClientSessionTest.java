package dev.millrace.rtmp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.amf.AmfConstant;
import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.MediaKind;
import dev.millrace.rtmp.ByteBudget;
import dev.millrace.rtmp.ChunkLimits;
import dev.millrace.rtmp.MessageLimits;
import dev.millrace.rtmp.RtmpLimits;
import dev.millrace.rtmp.RtmpProtocolException;
import dev.millrace.rtmp.chunk.ChunkMessage;
import dev.millrace.rtmp.chunk.ChunkReader;
import dev.millrace.rtmp.chunk.ChunkWriter;
import dev.millrace.rtmp.message.Command;
import dev.millrace.rtmp.message.RtmpMessage;
import dev.millrace.rtmp.message.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client in front of a server whose every message is made by hand. */
class RtmpClientSessionTest {

    // Reference A.3: what other servers answer.
    private static final String CONNECT_RESULT = "0200075f726573756c74003ff0000000000000030006666d7356657202000d464d532f332c302c312c313233000c6361"
            + "706162696c697469657300403f0000000000000000090300056c6576656c0200067374617475730004636f646502001d4e6574436f6e6e656374696f6e2e436f"
            + "6e6e6563742e53756363657373000b6465736372697074696f6e020015436f6e6e656374696f6e207375636365656465642e000e6f626a656374456e636f6469"
            + "6e67000000000000000000000009";
    private static final String PUBLISH_START = "0200086f6e537461747573000000000000000000050300056c6576656c0200067374617475730004636f64650200174e"
            + "657453747265616d2e5075626c6973682e5374617274000b6465736372697074696f6e0200026f6b000009";
    private static final String BAD_NAME = "0200086f6e537461747573000000000000000000050300056c6576656c0200056572726f720004636f64650200194e657453"
            + "747265616d2e5075626c6973682e4261644e616d65000b6465736372697074696f6e020006696e20757365000009";

    private final TrackedBuffers buffers = new TrackedBuffers();
    private final List<ClientEvent> events = new ArrayList<>();
    private final RtmpClientSession client = new RtmpClientSession(
            SessionOptions.of(RtmpLimits.DEFAULT, buffers.allocator(), new SplittableRandom(1)),
            ClientOptions.of("live", "rtmp://host/live"),
            0,
            events::add);
    private final ChunkReader said = new ChunkReader(ChunkLimits.DEFAULT, MessageLimits.DEFAULT, new ByteBudget(1 << 20));

    @AfterEach
    void nothingIsHeld() {
        client.close();
        said.close();
        buffers.close();
    }

    private void receive(byte[] bytes) throws RtmpProtocolException {
        client.receive(Unpooled.wrappedBuffer(bytes), 0);
    }

    private void receive(int messageStreamId, int typeId, String body) throws RtmpProtocolException {
        ByteBuf out = Unpooled.buffer();
        new ChunkWriter(128).write(new ChunkMessage(3, 0, typeId, messageStreamId, TrackedBuffers.bytes(body)), out);
        receive(ByteBufUtil.getBytes(out));
    }

    private void receive(Command command) throws RtmpProtocolException {
        ByteBuf body = Unpooled.buffer();
        command.writeTo(body);
        receive(0, 20, ByteBufUtil.hexDump(body));
    }

    /** The commands that the client has sent since the last time. */
    private List<String> said() throws RtmpProtocolException {
        List<String> lines = new ArrayList<>();
        ByteBuf out = client.takeOutput();
        try {
            Optional<ChunkMessage> message = said.read(out);
            while (message.isPresent()) {
                String event = EventText.of(0, message.get());
                int at = event.indexOf("\"command\":");
                String command = at < 0 ? "" : event.substring(at + 10, event.length() - 1);
                lines.add(at < 0 ? "type " + message.get().typeId() : message.get().messageStreamId() + " " + command);
                message = said.read(out);
            }
            return lines;
        } finally {
            out.release();
        }
    }

    private void shakeHands() throws Exception {
        client.takeOutput().release();
        receive(HandClient.handshake());
        commandBehindSetChunkSize(client.takeOutput().skipBytes(1536));
    }

    @Test
    void opensWithAPlainHandshakeAndConnectsBehindC2() throws Exception {
        ByteBuf first = client.takeOutput();
        assertEquals(1537, first.readableBytes());
        assertEquals(3, first.getByte(0));
        assertEquals(0, first.getInt(5)); // the version of C1: no digest
        first.release();
        byte[] s = HandClient.handshake();
        receive(s);
        ByteBuf second = client.takeOutput();
        assertEquals(ByteBufUtil.hexDump(s, 1, 1536), ByteBufUtil.hexDump(second.readSlice(1536))); // C2 is a copy of S1
        assertEquals("02000000000004010000000000" + "00ea60" + "0300000000", ByteBufUtil.hexDump(second.readSlice(21)));
        second.release();
    }

    @Test
    void publishesWhatWasAskedForEarly() throws Exception {
        client.publish("key");
        client.takeOutput().release();
        receive(HandClient.handshake());
        assertEquals(
                "[\"connect\",1,{\"app\":\"live\",\"type\":\"nonprivate\",\"flashVer\":\"FMLE/3.0 (compatible; Millrace)\","
                        + "\"tcUrl\":\"rtmp://host/live\"}]",
                EventText.command(commandBehindSetChunkSize(client.takeOutput().skipBytes(1536))).toString());
        receive(0, 20, CONNECT_RESULT);
        assertEquals(
                List.of("0 [\"releaseStream\",2,null,\"key\"]", "0 [\"FCPublish\",3,null,\"key\"]", "0 [\"createStream\",4,null]"), said());
        assertEquals(Status.CONNECT_SUCCESS, ((ClientEvent.Connected) events.get(0)).information().string("code").orElseThrow());

        receive(0, 20, "0200075f726573756c7400401000000000000005003ff0000000000000");
        assertEquals(List.of("1 [\"publish\",5,null,\"key\",\"live\"]"), said());
        receive(1, 20, PUBLISH_START);
        receive(1, 20, BAD_NAME);
        assertEquals(
                List.of(
                        new ClientEvent.StatusReceived(1, Status.status(Status.PUBLISH_START, "ok")),
                        new ClientEvent.StatusReceived(1, Status.error(Status.PUBLISH_BAD_NAME, "in use"))),
                events.subList(1, 3));
        client.stop(1, "key");
        assertEquals(List.of("0 [\"FCUnpublish\",6,null,\"key\"]", "0 [\"deleteStream\",7,null,1]"), said());
    }

    private Command commandBehindSetChunkSize(ByteBuf out) throws Exception {
        try {
            said.read(out).orElseThrow();
            return (Command) RtmpMessage.parse(said.read(out).orElseThrow(), RtmpLimits.DEFAULT.amf());
        } finally {
            out.release();
        }
    }

    @Test
    void playsAndSaysHowMuchItBuffers() throws Exception {
        shakeHands();
        receive(0, 20, CONNECT_RESULT);
        client.play("key");
        assertEquals(List.of("0 [\"createStream\",2,null]"), said());
        receive(0, 20, "0200075f726573756c7400400000000000000005003ff0000000000000");
        assertEquals(List.of("1 [\"play\",3,null,\"key\",-2000]", "type 4"), said());
        receive(1, 9, "1700");
        assertEquals(MediaKind.VIDEO, ((ClientEvent.MediaReceived) events.get(1)).kind());
        receive(0, 4, "0001 00000001");
        assertEquals(new ClientEvent.StreamEnded(1), events.get(2));
    }

    @Test
    void tellsOfARefusedCall() throws Exception {
        shakeHands();
        receive(new Command("_error", 1, List.of(AmfConstant.NULL, Status.error(Status.CONNECT_REJECTED, "no").toObject())));
        receive(new Command("_error", 2, List.of()));
        assertEquals(
                List.of(
                        new ClientEvent.Refused(Status.error(Status.CONNECT_REJECTED, "no")),
                        new ClientEvent.Refused(new Status("status", "", ""))),
                events);
    }

    @Test
    void aServerThatBreaksTheProtocolIsNotListenedTo() throws Exception {
        shakeHands();
        assertThrows(RtmpProtocolException.class, () -> receive(new byte[] {(byte) 0xff}));
        receive(0, 20, CONNECT_RESULT);
        assertEquals(List.of(), events);
    }

    @Test
    void whatIsSentAfterTheEndGoesNowhere() {
        client.close();
        client.sendMedia(1, MediaKind.AUDIO, 0, new byte[] {1});
        client.publish("key");
        client.stop(1, "key");
        assertEquals(0, client.takeOutput().readableBytes());
    }
}
