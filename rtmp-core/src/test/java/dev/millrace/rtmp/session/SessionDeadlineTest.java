package dev.millrace.rtmp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a client must do in time, on a clock moved by hand. Defaults: handshake 10 s, connect 10 s, publish or play 20 s, ping 30 s. */
class SessionDeadlineTest {

    /** Nothing happens just before the deadline, then the client is told off for this. */
    private static void assertDue(HandClient client, long atMillis, String what) {
        assertEquals(OptionalLong.of(atMillis), client.session.nextDeadline());
        client.nowMillis = atMillis - 1;
        assertEquals(Optional.empty(), client.onTime());
        client.nowMillis = atMillis;
        assertEquals(Optional.of(what), client.onTime());
    }

    @Test
    void noByteOfTheHandshakeMovesItsDeadline() throws Exception {
        try (HandClient client = new HandClient()) {
            long opened = client.nowMillis;
            for (int second = 0; second < 9; second++) {
                client.nowMillis += 1_000;
                client.receive(new byte[] {3});
            }
            assertDue(client, opened + 10_000, "handshake");
        }
    }

    @Test
    void noByteBeforeConnectMovesItsDeadline() throws Exception {
        try (HandClient client = HandClient.afterHandshake()) {
            long shaken = client.nowMillis;
            for (int second = 0; second < 9; second++) {
                client.nowMillis += 1_000;
                client.call(0, "createStream", 1);
                client.control(4, "0006 00000001");
            }
            client.receive(new byte[] {3});
            assertDue(client, shaken + 10_000, "connect");
        }
    }

    @Test
    void theConnectDeadlineBeginsWithTheEndOfTheHandshake() throws Exception {
        try (HandClient client = new HandClient()) {
            client.nowMillis += 9_000;
            client.receive(HandClient.handshake());
            assertDue(client, client.nowMillis + 10_000, "connect");
        }
    }

    @Test
    void nothingIsDueWhileTheHostDecides() throws Exception {
        try (HandClient client = HandClient.afterHandshake().undecided()) {
            client.call(0, "connect", 1);
            assertEquals(OptionalLong.empty(), client.session.nextDeadline());
            client.nowMillis += 1_000_000;
            assertEquals(Optional.empty(), client.onTime());
        }
    }

    @Test
    void noCommandButPublishOrPlayMovesTheirDeadline() throws Exception {
        try (HandClient client = HandClient.connected()) {
            long connected = client.nowMillis;
            for (int second = 0; second < 19; second++) {
                client.nowMillis += 1_000;
                client.call(0, "createStream", 1);
                client.call(0, "deleteStream", 0, 1);
                client.call(0, "publish", 0, "key");
                client.send(4, 1, 8, (byte) 1);
            }
            assertDue(client, connected + 20_000, "publish or play");
        }
    }

    @Test
    void afterTheEndOfOnePublicationTheNextMustBegin() throws Exception {
        try (HandClient client = HandClient.publishing()) {
            client.nowMillis += 25_000;
            client.call(1, "closeStream", 0);
            assertEquals(Optional.empty(), client.onTime());
            long ended = client.nowMillis;
            client.nowMillis += 5_000;
            client.onTime(); // a ping
            assertDue(client, ended + 20_000, "publish or play");
        }
        try (HandClient client = HandClient.playing()) {
            client.session.endPlay(1);
            assertDue(client, client.nowMillis + 20_000, "publish or play");
        }
    }

    @Test
    void oneOfTwoStreamsIsEnough() throws Exception {
        try (HandClient client = HandClient.publishing()) {
            client.call(0, "createStream", 6);
            client.call(2, "play", 7, "key");
            client.call(0, "deleteStream", 0, 1);
            client.nowMillis += 25_000;
            assertEquals(Optional.empty(), client.onTime());
        }
    }

    @Test
    void pingsEachHalfMinute() throws Exception {
        try (HandClient client = HandClient.publishing()) {
            for (int i = 0; i < 3; i++) {
                long next = client.nowMillis + 30_000;
                assertEquals(OptionalLong.of(next), client.session.nextDeadline());
                client.nowMillis = next - 1;
                client.onTime();
                assertEquals(List.of(), client.replies());
                client.nowMillis = next;
                assertEquals(Optional.empty(), client.onTime());
                assertEquals(List.of("2/0 PingRequest[timestampMillis=" + next + "]"), client.replies());
            }
        }
    }

    @Test
    void silenceAfterAPingIsNoFault() throws Exception {
        try (HandClient client = HandClient.playing()) {
            for (int i = 0; i < 100; i++) {
                client.nowMillis += 30_000;
                assertEquals(Optional.empty(), client.onTime());
            }
        }
    }

    @Test
    void nothingIsDueAfterTheEnd() throws Exception {
        try (HandClient client = HandClient.connected()) {
            client.session.close();
            assertTrue(client.session.nextDeadline().isEmpty());
            client.nowMillis += 1_000_000;
            assertEquals(Optional.empty(), client.onTime());
        }
    }
}
