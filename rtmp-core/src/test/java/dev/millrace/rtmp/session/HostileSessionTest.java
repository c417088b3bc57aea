package dev.millrace.rtmp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.rtmp.RtmpProtocolException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cases of HOSTILE-INPUTS.md about handshake, chunks and control messages. Work is counted, never timed. */
class HostileSessionTest {

    private static void assertRefused(HandClient client, String reason, byte[] bytes) {
        RtmpProtocolException e = assertThrows(RtmpProtocolException.class, () -> client.receive(bytes));
        assertTrue(e.getMessage().contains(reason), e.getMessage());
        assertTrue(client.session.isClosing());
    }

    private static void assertRefused(HandClient client, String reason, int typeId, String body) {
        assertRefused(client, reason, client.wire(2, 0, typeId, TrackedBuffers.bytes(body)));
    }

    @Test
    void case4ChunksInPlaceOfC2AreTakenAsC2() throws Exception {
        try (HandClient client = new HandClient()) {
            byte[] garbage = new byte[1537 + 1536 + 1];
            Arrays.fill(garbage, 1537, garbage.length, (byte) 0xff);
            garbage[0] = 3;
            assertRefused(client, "chunk stream 63 starts with format 3", garbage);
        }
        try (HandClient client = new HandClient()) {
            client.receive(Arrays.copyOf(HandClient.handshake(), 1537));
            client.call(0, "connect", 1);
            assertEquals(List.of(), client.events);
            client.nowMillis += 10_000;
            assertEquals("handshake", client.onTime().orElseThrow());
        }
    }

    @Test
    void case5OneSegmentOrOneByteASegmentMakeNoDifference() throws Exception {
        try (HandClient whole = new HandClient();
                HandClient bytes = new HandClient()) {
            byte[] wire = PublishWire.bytes();
            whole.receive(wire);
            for (byte one : wire) {
                bytes.receive(new byte[] {one});
            }
            assertEquals(5, whole.events.size());
            assertEquals(PublishWire.text(whole.events), PublishWire.text(bytes.events));
            assertEquals(whole.outputHex(), bytes.outputHex());
        }
    }

    @Test
    void case8NothingIsHeldBeforeTheHandshakeIsDone() throws Exception {
        try (HandClient client = new HandClient()) {
            for (int i = 0; i < 3072; i++) {
                client.receive(new byte[] {3});
                assertEquals(0, client.session.heldBytes());
            }
        }
    }

    @Test
    void case8AWaitingSessionConsumesNothingAndKeepsABoundedRest() throws Exception {
        try (HandClient client = HandClient.afterHandshake().undecided()) {
            client.call(0, "connect", 1);
            for (int i = 0; i < 64; i++) {
                client.receive(new byte[1024]);
                assertEquals(1024 * (i + 1), client.session.heldBytes());
            }
            client.session.resume(client.nowMillis);
            assertEquals(65_536, client.session.heldBytes());
            assertRefused(client, "65537 bytes before an answer exceed 65536", new byte[1]);
            assertEquals(0, client.session.heldBytes());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void case8AnEarlyRestIsBoundedInOneSegmentToo(boolean requestInFront) throws Exception {
        try (HandClient client = HandClient.afterHandshake().undecided()) {
            byte[] connect = client.wire(3, 0, 20, TrackedBuffers.bytes("020007636f6e6e656374 003ff0000000000000"));
            if (!requestInFront) {
                client.receive(connect);
            }
            int rest = 65_537;
            assertRefused(client, "65537 bytes before an answer", Arrays.copyOf(requestInFront ? connect : new byte[0],
                    rest + (requestInFront ? connect.length : 0)));
        }
    }

    @Test
    void case8AllBytesBeforeAuthorisationAreBounded() throws Exception {
        try (HandClient client = HandClient.connected()) {
            // Shared objects are passed over, whatever is in them.
            byte[] ignored = client.wire(4, 0, 19, new byte[60_000]);
            while (client.session.bytesReceived() + ignored.length <= 1 << 20) {
                client.receive(ignored);
            }
            assertRefused(client, "bytes before authorisation exceed 1048576", ignored);
        }
        try (HandClient client = HandClient.publishing()) {
            byte[] ignored = client.wire(4, 0, 19, new byte[60_000]);
            for (int i = 0; i < 40; i++) {
                client.receive(ignored);
            }
            assertEquals(40, client.skipped(SkipReason.SHARED_OBJECT));
        }
    }

    @Test
    void waitingBytesGoOnAfterTheAnswer() throws Exception {
        try (HandClient client = HandClient.afterHandshake().undecided()) {
            client.call(0, "connect", 1);
            client.call(0, "createStream", 2);
            client.call(1, "publish", 3, "key");
            client.call(0, "_checkbw", 4);
            client.send(4, 0, 19, new byte[50_000]); // held twice would be too much
            assertEquals(1, client.events.size());
            client.session.acceptConnect();
            client.session.resume(client.nowMillis);
            assertEquals(2, client.events.size());
            assertTrue(client.session.isWaiting());
            client.session.acceptPublish(1);
            assertEquals(0, client.replies().stream().filter(line -> line.contains("[\"_result\",4,")).count());
            client.session.resume(client.nowMillis);
            assertEquals(List.of("3/0 [\"_result\",4,null,null]"), client.replies());
            assertEquals(0, client.session.heldBytes());
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 00000100", "2, 00000063", "3, 00000000", "4, 001f00000001", "5, 002625a0", "6, 002625a002"})
    void case13And22ControlMessagesAreLimitedInEachSecond(int typeId, String body) throws Exception {
        try (HandClient client = HandClient.publishing()) {
            for (int second = 0; second < 3; second++) {
                client.nowMillis += 1_000;
                for (int i = 0; i < 1_000; i++) {
                    client.control(typeId, body);
                }
            }
            assertRefused(client, "more than 1000 control or empty messages in a second", typeId, body);
            assertEquals(0, client.session.skippedMessages());
        }
    }

    @Test
    void case18EmptyMessagesAreLimitedInEachSecond() throws Exception {
        try (HandClient client = HandClient.publishing()) {
            client.nowMillis += 1_000;
            client.send(4, 1, 8);
            for (int i = 0; i < 999; i++) {
                client.receive(new byte[] {(byte) 0xc4});
            }
            assertEquals(1_000, client.events.size());
            assertRefused(client, "more than 1000 control or empty messages in a second", new byte[] {(byte) 0xc4});
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2, MALFORMED_CONTROL",
        "3, MALFORMED_CONTROL",
        "4, MALFORMED_CONTROL",
        "5, MALFORMED_CONTROL",
        "6, MALFORMED_CONTROL",
        "17, MALFORMED_COMMAND",
        "20, MALFORMED_COMMAND",
        "16, SHARED_OBJECT",
        "19, SHARED_OBJECT",
        "99, UNKNOWN_TYPE",
    })
    void case18AnEmptyMessageOfAnyTypeDoesNothing(int typeId, SkipReason reason) throws Exception {
        try (HandClient client = HandClient.publishing()) {
            client.send(4, 1, typeId);
            assertEquals(1, client.skipped(reason));
            assertEquals(List.of(), client.events);
            assertEquals(List.of(), client.replies());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 10, 11, 12, 13, 14, 21, 23, 24, 128, 255})
    void case25TheNinthUnknownTypeEndsTheConnection(int typeId) throws Exception {
        try (HandClient client = HandClient.publishing()) {
            for (int i = 0; i < 8; i++) {
                client.send(4, 1, typeId, (byte) 1);
            }
            assertEquals(8, client.skipped(SkipReason.UNKNOWN_TYPE));
            assertRefused(client, "more than 8 messages of unknown type", client.wire(4, 1, typeId, (byte) 1));
            client.send(4, 1, 8, (byte) 1); // nothing counts any more
            assertEquals(List.of(), client.events);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000", "00000001", "80000000", "ffffffff", "002625a0"})
    void case26AnyWindowGivesAtMostOneAcknowledgementARead(String window) throws Exception {
        try (HandClient client = HandClient.publishing()) {
            client.control(5, window);
            client.replies();
            long unsigned = Long.parseLong(window, 16);
            long due = unsigned == 0 ? 2_000_000 : Math.max(1, Math.min(unsigned / 2, 2_000_000));
            byte[] media = client.wire(4, 1, 8, new byte[100]);
            int acknowledged = 0;
            long reads = 0;
            for (; reads * media.length <= 2_600_000; reads++) {
                client.receive(media);
                acknowledged += client.replies().size();
            }
            long total = reads * media.length;
            assertTrue(acknowledged <= Math.min(reads, total / due + 1), acknowledged + " acknowledgements");
            assertTrue(acknowledged >= Math.min(reads, total / (due + media.length)), acknowledged + " acknowledgements");
        }
    }

    @ParameterizedTest
    @CsvSource({"0000000002, 0", "0000000109, 1", "00000001, 1", "8000000002, 0", "ffffffff00, 0", "7fffffff02, 1"})
    void case26AnyPeerBandwidthIsTaken(String body, int answers) throws Exception {
        try (HandClient client = HandClient.publishing()) {
            client.control(6, body);
            assertEquals(answers, client.replies().size());
        }
    }

    @Test
    void case27AcknowledgementsOfAnyKindChangeNothing() throws Exception {
        try (HandClient client = HandClient.publishing()) {
            for (String acknowledged : List.of("00000000", "7fffffff", "80000000", "00000001", "ffffffff", "00000000")) {
                client.control(3, acknowledged);
            }
            client.send(4, 1, 8, (byte) 1);
            assertEquals(1, client.events.size());
            assertEquals(List.of(), client.replies());
            assertEquals(0, client.session.skippedMessages());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0x7fff_ff00L, 0xffff_ff00L, 0x1_7fff_ff00L})
    void case28CountersPassTheirOldLimits(long pretended) throws Exception {
        try (HandClient client = HandClient.publishing()) {
            client.session.pretendReceived(pretended - client.session.bytesReceived());
            client.send(4, 1, 8, new byte[1_000]);
            long received = client.session.bytesReceived();
            assertTrue(received > pretended + 1_000);
            assertEquals(List.of("2/0 Acknowledgement[sequenceNumber=" + (int) received + "]"), client.replies());
        }
    }

    @Test
    void case29AnswersToPingsAreDroppedWhileTooMuchWaits() throws Exception {
        try (HandClient client = HandClient.publishing()) {
            client.nowMillis += 1_000;
            client.session.congested(true);
            for (int i = 0; i < 1_000; i++) {
                client.control(4, "0006 00000001");
            }
            assertEquals(0, client.skipOutput());
            assertEquals(1_000, client.skipped(SkipReason.CONGESTED));
            assertRefused(client, "more than 1000 control", 4, "0006 00000001");
        }
    }

    @Test
    void case29CongestionDropsPingsAndAcknowledgementsButNoAnswers() throws Exception {
        try (HandClient client = HandClient.publishing()) {
            client.session.congested(true);
            client.session.pretendReceived(3_000_000);
            client.call(0, "_checkbw", 9);
            client.nowMillis += 30_000;
            client.onTime();
            assertEquals(List.of("3/0 [\"_result\",9,null,null]"), client.replies());
            assertEquals(2, client.skipped(SkipReason.CONGESTED));
            client.session.congested(false);
            client.control(4, "0006 00000001");
            assertEquals(List.of("2/0 PingResponse[timestampMillis=1]"), client.replies());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "00, 1",
        "0003, 1",
        "0003 00000001, 1",
        "0003 00000001 000000, 1",
        "0006 000000, 1",
        "001a, 0",
        "001f, 0",
        "0020 00000001, 0",
        "ffff, 0",
        "0005, 0",
        "0000 00000001, 0",
        "0007 00000001, 0",
    })
    void case30UserControlEventsThatAreShortOrUnknownDoNothing(String body, int malformed) throws Exception {
        try (HandClient client = HandClient.publishing()) {
            for (int i = 0; i < 20; i++) {
                client.control(4, body);
            }
            assertEquals(20L * malformed, client.skipped(SkipReason.MALFORMED_CONTROL));
            assertEquals(List.of(), client.events);
            assertEquals(List.of(), client.replies());
            assertFalse(client.session.isClosing());
        }
    }
}
