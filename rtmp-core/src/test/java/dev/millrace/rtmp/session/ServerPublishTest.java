package dev.millrace.rtmp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.MediaKind;
import dev.millrace.rtmp.message.Status;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands of a publisher and their answers (RTMP 1.0, 7.2.2.6). */
class ServerPublishTest {

    private static final String PUBLISH_START =
            "5/1 [\"onStatus\",0,null,{\"level\":\"status\",\"code\":\"NetStream.Publish.Start\",\"description\":\"Publishing.\"}]";
    private static final String UNPUBLISH_SUCCESS = "5/1 [\"onStatus\",0,null,"
            + "{\"level\":\"status\",\"code\":\"NetStream.Unpublish.Success\",\"description\":\"Stopped publishing.\"}]";

    @Test
    void answersFcPublishWithItsEcho() throws Exception {
        try (HandClient client = HandClient.connected()) {
            client.call(0, "FCPublish", 3, "key");
            client.call(0, "FCPublish", 0, "key");
            String echo = "3/0 [\"onFCPublish\",0,null,{\"level\":\"status\",\"code\":\"NetStream.Publish.Start\",\"description\":\"key\"}]";
            assertEquals(List.of("3/0 [\"_result\",3,null,null]", echo, echo), client.replies());
            assertEquals(List.of(), client.events);
        }
    }

    @Test
    void saysThatPublishingStartsOnlyAfterTheHostHasAccepted() throws Exception {
        try (HandClient client = HandClient.connected().undecided()) {
            client.call(0, "createStream", 4);
            client.replies();
            client.call(1, "publish", 5, "key?token=x", "record");
            assertEquals(List.of(new SessionEvent.PublishRequested(1, "key?token=x", "record")), client.events);
            assertTrue(client.session.isWaiting());
            assertEquals(List.of(), client.replies());
            client.session.acceptPublish(1);
            assertFalse(client.session.isWaiting());
            assertEquals(List.of("2/0 StreamBegin[messageStreamId=1]", PUBLISH_START), client.replies());
            assertThrows(IllegalStateException.class, () -> client.session.acceptPublish(1));
        }
    }

    @Test
    void publishesLiveWithoutName() throws Exception {
        try (HandClient client = HandClient.connected()) {
            client.call(0, "createStream", 4);
            client.call(1, "publish", 5);
            assertEquals(List.of(new SessionEvent.PublishRequested(1, "", "live")), client.events);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {Status.PUBLISH_BAD_NAME, Status.PUBLISH_REJECTED, Status.PUBLISH_UNAUTHORIZED})
    void refusesAPublisherOnItsMessageStreamAndCloses(String code) throws Exception {
        try (HandClient client = HandClient.connected().undecided()) {
            client.call(0, "createStream", 4);
            client.call(0, "createStream", 5);
            client.call(2, "publish", 0, "key");
            client.replies();
            client.session.rejectPublish(2, Status.error(code, "no"));
            assertEquals(
                    List.of("5/2 [\"onStatus\",0,null,{\"level\":\"error\",\"code\":\"" + code + "\",\"description\":\"no\"}]"),
                    client.replies());
            assertTrue(client.session.isClosing());
            assertFalse(client.session.isWaiting());
            assertThrows(IllegalStateException.class, () -> client.session.rejectPublish(2, Status.error(code, "no")));
            assertThrows(IllegalStateException.class, () -> client.session.acceptPublish(2));
            client.send(4, 2, 8, (byte) 1);
            assertEquals(1, client.events.size());
        }
    }

    @Test
    void handsOnMediaOfThePublisherOnly() throws Exception {
        try (HandClient client = HandClient.publishing()) {
            client.receive(TrackedBuffers.bytes("06 ffffff 000002 09 01000000 fedcba98 1700"));
            client.send(6, 2, 9, (byte) 0x17);
            client.send(6, 0, 18, (byte) 2);
            SessionEvent.MediaReceived media = (SessionEvent.MediaReceived) client.events.get(0);
            assertEquals(1, client.events.size());
            assertEquals(1, media.messageStreamId());
            assertEquals(MediaKind.VIDEO, media.kind());
            assertEquals(0xfedcba98, media.timestampMillis());
            assertEquals(2, media.payload().length);
            assertEquals(2, client.skipped(SkipReason.NOT_PUBLISHING));
        }
    }

    @Test
    void handsOnThePartsOfAnAggregate() throws Exception {
        try (HandClient client = HandClient.publishing()) {
            // Reference A.5, and in between a command and an aggregate, which must not be there.
            client.receive(TrackedBuffers.bytes("""
                    04 0003e8 00003d 16 01000000
                    08 000002 001388 00 000000 af01 0000000d
                    14 000001 001388 00 000000 00 0000000c
                    16 000000 001388 00 000000 0000000b
                    09 000002 00139f 00 000000 2701
                    """));
            assertEquals(List.of("AUDIO 1000", "VIDEO 1023"), client.events.stream()
                    .map(event -> (SessionEvent.MediaReceived) event)
                    .map(media -> media.kind() + " " + media.timestampMillis())
                    .toList());
            assertEquals(2, client.skipped(SkipReason.AGGREGATE_PART));
        }
    }

    @Test
    void nothingOfAnAggregateComesAfterTheEnd() throws Exception {
        try (HandClient client = HandClient.publishing()) {
            List<SessionEvent> late = client.events;
            client.onNextEvent(client.session::close);
            client.receive(TrackedBuffers.bytes("""
                    04 0003e8 00001f 16 01000000
                    08 000002 001388 00 000000 af01 0000000d
                    09 000002 00139f 00 000000 2701 00
                    """));
            assertEquals(1, late.size());
        }
    }

    // Case 50.
    @Test
    void fcUnpublishStopsItsOwnStreamOnly() throws Exception {
        try (HandClient client = HandClient.publishing()) {
            client.call(0, "releaseStream", 0, "key");
            client.call(0, "FCPublish", 0, "key");
            client.call(0, "FCUnpublish", 6, "key2");
            assertEquals(List.of(), client.events);
            client.replies();
            client.call(0, "FCUnpublish", 6, "key");
            assertEquals(
                    List.of(
                            "3/0 [\"_result\",6,null,null]",
                            "3/0 [\"onFCUnpublish\",0,null,"
                                    + "{\"level\":\"status\",\"code\":\"NetStream.Unpublish.Success\",\"description\":\"key\"}]",
                            UNPUBLISH_SUCCESS),
                    client.replies());
            assertEquals(List.of(new SessionEvent.PublishStopped(1)), client.events);
            client.call(0, "FCUnpublish", 0, "key");
            client.call(0, "deleteStream", 7, 1);
            assertEquals(List.of(), client.replies());
            assertEquals(1, client.events.size());
        }
    }

    @Test
    void deleteStreamStopsAndForgets() throws Exception {
        try (HandClient client = HandClient.publishing()) {
            client.call(0, "deleteStream", 7, 1);
            assertEquals(List.of(UNPUBLISH_SUCCESS), client.replies());
            assertEquals(List.of(new SessionEvent.PublishStopped(1)), client.events);
            client.send(4, 1, 8, (byte) 1);
            assertEquals(1, client.skipped(SkipReason.NOT_PUBLISHING));
            client.call(1, "publish", 8, "key");
            assertEquals(1, client.events.size());
        }
    }

    // Cases 42 and 44.
    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 2, 1.5, 1e300, -1e300, Double.NaN, Double.POSITIVE_INFINITY, 4294967297.0})
    void deleteStreamOfWhatIsNotThereDoesNothing(double id) throws Exception {
        try (HandClient client = HandClient.publishing()) {
            client.call(0, "deleteStream", 7, id);
            assertEquals(List.of(), client.replies());
            assertEquals(List.of(), client.events);
            assertEquals(1, client.skipped(SkipReason.OUT_OF_PLACE));
        }
    }

    @Test
    void closeStreamStopsButKeepsTheMessageStream() throws Exception {
        try (HandClient client = HandClient.publishing()) {
            client.call(1, "closeStream", 0);
            assertEquals(List.of(UNPUBLISH_SUCCESS), client.replies());
            client.call(1, "publish", 8, "other");
            assertEquals(
                    List.of(new SessionEvent.PublishStopped(1), new SessionEvent.PublishRequested(1, "other", "live")), client.events);
            client.call(3, "closeStream", 0);
            assertEquals(1, client.skipped(SkipReason.OUT_OF_PLACE));
        }
    }

    @Test
    void theHostEndsAPublisherOnce() throws Exception {
        try (HandClient client = HandClient.publishing()) {
            client.session.endPublish(2, Status.error(Status.PUBLISH_REJECTED, "enough"));
            assertFalse(client.session.isClosing());
            client.session.endPublish(1, Status.error(Status.PUBLISH_REJECTED, "enough"));
            client.session.endPublish(1, Status.error(Status.PUBLISH_REJECTED, "enough"));
            assertEquals(
                    List.of("5/1 [\"onStatus\",0,null,"
                            + "{\"level\":\"error\",\"code\":\"NetStream.Publish.Rejected\",\"description\":\"enough\"}]"),
                    client.replies());
            assertTrue(client.session.isClosing());
            assertEquals(List.of(), client.events);
        }
    }
}
