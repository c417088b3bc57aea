package dev.millrace.rtmp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.amf.AmfObject;
import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.MediaKind;
import dev.millrace.rtmp.RtmpProtocolException;
import dev.millrace.rtmp.message.Status;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cases of HOSTILE-INPUTS.md about commands and their order. */
class HostileCommandsTest {

    private static final String BAD_NAME = "NetStream.Publish.BadName";
    private static final String PLAY_FAILED = "NetStream.Play.Failed";

    private static void assertRefused(String reason, ThrowingCall call) {
        RtmpProtocolException e = assertThrows(RtmpProtocolException.class, call::run);
        assertTrue(e.getMessage().contains(reason), e.getMessage());
    }

    /** A step that a protocol exception may end. */
    private interface ThrowingCall {
        void run() throws RtmpProtocolException;
    }

    /** The one answer must be this error on this message stream, and the session goes on. */
    private static void assertError(HandClient client, int messageStreamId, String code) throws RtmpProtocolException {
        List<String> replies = client.replies();
        assertEquals(1, replies.size(), replies.toString());
        String start = "5/" + messageStreamId + " [\"onStatus\",0,null,{\"level\":\"error\",\"code\":\"" + code + "\"";
        assertTrue(replies.get(0).startsWith(start), replies.get(0));
        assertEquals(1, client.skipped(SkipReason.OUT_OF_PLACE));
        assertFalse(client.session.isClosing());
    }

    // The bytes: lone lead byte, overlong slash, half a surrogate pair, NUL, CR LF, escape.
    @ParameterizedTest
    @ValueSource(strings = {"c3", "c0af", "eda080", "00", "0d0a", "1b5b326a", "2e2e2f2e2e", "247b6a6e64693a7d"})
    void case40AnyBytesInANameAreTakenAsText(String hex) throws Exception {
        int length = hex.length() / 2;
        String text = String.format("02%04x", length) + hex;
        try (HandClient client = HandClient.afterHandshake()) {
            client.send(3, 0, 20, TrackedBuffers.bytes("020007636f6e6e656374 003ff0000000000000 03 0003617070" + text + "000009"));
            client.call(0, "createStream", 2);
            client.send(3, 1, 20, TrackedBuffers.bytes("0200077075626c697368 004014000000000000 05" + text));
            assertEquals(2, client.events.size());
            assertEquals(0, client.session.skippedMessages());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "17, 00 02000c63726561746553747265616d 004010000000000000 05, 1, 0",
        "17, 02000c63726561746553747265616d 004010000000000000 05, 1, 0",
        "17, 00 02000c63726561746553747265616d 004010000000000000 11 01, 1, 0",
        "17, 00 02000c63726561746553747265616d 004010000000000000 11 0a0b01 056d65 0a00 01, 1, 0",
        "17, 00, 0, 1",
        "17, 11 04 01, 0, 1",
        "20, 00 02000c63726561746553747265616d, 0, 1",
        "20, 05, 0, 1",
        "20, 02ffff61, 0, 1",
    })
    void case41CommandsInAmf3AreAnsweredOrSkipped(int typeId, String body, int answers, int malformed) throws Exception {
        try (HandClient client = HandClient.connected()) {
            client.send(3, 0, typeId, TrackedBuffers.bytes(body));
            assertEquals(answers, client.replies().size());
            assertEquals(malformed, client.skipped(SkipReason.MALFORMED_COMMAND));
        }
    }

    @Test
    void case41DataInAmf3AreHandedOnInAmf0() throws Exception {
        try (HandClient client = HandClient.publishing()) {
            client.send(4, 1, 15, TrackedBuffers.bytes("00 02000161"));
            client.send(4, 1, 15, (byte) 0);
            assertEquals(List.of("DATA 4", "DATA 0"), client.events.stream()
                    .map(event -> (SessionEvent.MediaReceived) event)
                    .map(media -> media.kind() + " " + media.payload().length)
                    .toList());
            assertEquals(MediaKind.DATA, ((SessionEvent.MediaReceived) client.events.get(0)).kind());
        }
    }

    @Test
    void case41TheNinthMalformedCommandEndsTheConnection() throws Exception {
        try (HandClient client = HandClient.publishing()) {
            for (int i = 0; i < 8; i++) {
                client.send(3, 0, 20, (byte) 5);
            }
            assertRefused("more than 8 messages", () -> client.send(3, 0, 20, (byte) 5));
            assertTrue(client.session.isClosing());
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void case42ATransactionThatIsNoNumberWantsNoAnswer(double transactionId) throws Exception {
        try (HandClient client = HandClient.connected()) {
            client.call(0, "_checkbw", transactionId);
            client.call(0, "createStream", transactionId);
            assertEquals(List.of(), client.replies());
        }
    }

    @ParameterizedTest
    @CsvSource({"-1, -1", "1e300, 1.0E300", "0.5, 0.5"})
    void case42AnyOtherTransactionComesBack(double transactionId, String answer) throws Exception {
        try (HandClient client = HandClient.connected()) {
            client.call(0, "_checkbw", transactionId);
            assertEquals(List.of("3/0 [\"_result\"," + answer + ",null,null]"), client.replies());
        }
    }

    @Test
    void case43CommandsBeforeConnectDoNothing() throws Exception {
        try (HandClient client = HandClient.afterHandshake()) {
            for (String name : List.of("publish", "play", "createStream", "deleteStream", "FCPublish", "_checkbw", "unknown")) {
                client.call(1, name, 2, "key");
            }
            client.send(4, 1, 8, (byte) 1);
            assertEquals(List.of(), client.events);
            assertEquals(List.of(), client.replies());
            assertEquals(7, client.skipped(SkipReason.OUT_OF_PLACE));
            assertEquals(1, client.skipped(SkipReason.NOT_PUBLISHING));
        }
    }

    @Test
    void case43PublishAndPlayNeedAMessageStreamOfTheirOwn() throws Exception {
        for (int messageStreamId : new int[] {0, 1, 7, -1}) {
            try (HandClient client = HandClient.connected()) {
                client.call(messageStreamId, "publish", 2, "key");
                assertError(client, messageStreamId, BAD_NAME);
            }
            try (HandClient client = HandClient.connected()) {
                client.call(messageStreamId, "play", 2, "key");
                assertError(client, messageStreamId, PLAY_FAILED);
            }
        }
    }

    @Test
    void case43OneMessageStreamDoesOneThing() throws Exception {
        try (HandClient client = HandClient.publishing()) {
            client.call(1, "play", 2, "key");
            assertError(client, 1, PLAY_FAILED);
        }
        try (HandClient client = HandClient.publishing()) {
            client.call(1, "publish", 2, "other");
            assertError(client, 1, BAD_NAME);
            client.send(4, 1, 8, (byte) 1);
            assertEquals(1, client.events.size());
        }
        try (HandClient client = HandClient.playing()) {
            client.call(1, "publish", 2, "other");
            assertError(client, 1, BAD_NAME);
        }
    }

    @Test
    void case43ConnectingTwiceIsAnError() throws Exception {
        try (HandClient client = HandClient.publishing()) {
            client.connect(AmfObject.builder().put("app", "other").build());
            assertEquals(
                    List.of("3/0 [\"_error\",1,null,{\"level\":\"error\",\"code\":\"NetConnection.Connect.Rejected\","
                            + "\"description\":\"Connected already.\"}]"),
                    client.replies());
            assertEquals(List.of(), client.events);
            client.send(4, 1, 8, (byte) 1);
            assertEquals(1, client.events.size());
        }
    }

    @Test
    void case44SixteenMessageStreamsAndNoMore() throws Exception {
        try (HandClient client = HandClient.connected()) {
            for (int i = 1; i <= 16; i++) {
                client.call(0, "createStream", i + 1);
                assertEquals(List.of("3/0 [\"_result\"," + (i + 1) + ",null," + i + "]"), client.replies());
            }
            client.call(0, "createStream", 18);
            List<String> replies = client.replies();
            assertTrue(replies.get(0).startsWith("3/0 [\"_error\",18,null,{\"level\":\"error\",\"code\":\"NetConnection.Call.Failed\""));
            client.call(0, "deleteStream", 0, 9);
            client.call(0, "createStream", 19);
            assertEquals(List.of("3/0 [\"_result\",19,null,9]"), client.replies());
            client.call(0, "createStream", 0);
            assertEquals(List.of(), client.replies());
            assertEquals(2, client.skipped(SkipReason.OUT_OF_PLACE));
        }
    }

    @Test
    void case46PublishingAndStoppingLeavesNothingBehind() throws Exception {
        try (HandClient client = HandClient.connected()) {
            for (int i = 0; i < 1_000; i++) {
                client.nowMillis += 1_000;
                client.call(0, "createStream", 2);
                client.call(1, "publish", 3, "key");
                client.call(0, i % 2 == 0 ? "FCUnpublish" : "unknown", 0, "key");
                client.call(0, "deleteStream", 0, 1);
                client.send(4, 1, 8, (byte) 1);
                assertEquals(
                        List.of(new SessionEvent.PublishRequested(1, "key", "live"), new SessionEvent.PublishStopped(1)), client.events);
                client.forget();
            }
            assertEquals(1_000, client.skipped(SkipReason.NOT_PUBLISHING));
            assertEquals(1_000, client.session.skippedMessages());
        }
    }

    @Test
    void case47ARefusedClientThatStaysIsNotListenedTo() throws Exception {
        try (HandClient client = HandClient.connected().undecided()) {
            client.call(0, "createStream", 2);
            client.call(1, "publish", 3, "key");
            client.session.rejectPublish(1, Status.error(BAD_NAME, "in use"));
            client.forget();
            for (int i = 0; i < 2_000; i++) {
                client.call(0, "_checkbw", 4);
                client.send(4, 1, 8, (byte) 1);
                client.control(4, "0006 00000001");
            }
            client.receive(new byte[100_000]);
            client.nowMillis += 1_000_000;
            assertTrue(client.onTime().isEmpty());
            assertTrue(client.session.nextDeadline().isEmpty());
            assertEquals(List.of(), client.events);
            assertEquals(0, client.skipOutput());
            assertEquals(0, client.session.heldBytes());
        }
    }

    // Case 50 is in ServerPublishTest.

    @Test
    void case51ManyCommandsInASecondEndTheConnection() throws Exception {
        try (HandClient client = HandClient.publishing()) {
            for (int second = 0; second < 3; second++) {
                client.nowMillis += 1_000;
                for (int i = 0; i < 100; i++) {
                    client.call(0, "_checkbw", 1);
                }
                assertEquals(100, client.replies().size());
            }
            assertRefused("more than 100 commands in a second", () -> client.call(0, "_checkbw", 1));
        }
    }

    @Test
    void case51ManyCommandsBeforeAuthorisationEndTheConnection() throws Exception {
        try (HandClient client = HandClient.afterHandshake()) {
            for (int i = 0; i < 64; i++) {
                client.nowMillis += 1_000;
                client.call(0, "_checkbw", 1);
            }
            client.nowMillis += 1_000;
            assertRefused("more than 64 commands before authorisation", () -> client.call(0, "connect", 1));
            assertEquals(List.of(), client.events);
        }
    }

    @Test
    void case52AnyNameIsToldAsItIs() throws Exception {
        List<String> names = List.of("", "?", "?token=x", "mp4:", "\u202ekey", "a".repeat(255), "a".repeat(256), "a".repeat(65_000));
        for (String name : names) {
            try (HandClient client = HandClient.connected()) {
                client.call(0, "createStream", 2);
                client.call(1, "publish", 3, name);
                assertEquals(List.of(new SessionEvent.PublishRequested(1, name, "live")), client.events);
            }
        }
        try (HandClient client = HandClient.connected()) {
            client.call(0, "createStream", 2);
            assertRefused("exceeds 65536 before authorisation", () -> client.call(1, "publish", 3, "a".repeat(65_535)));
        }
    }
}
