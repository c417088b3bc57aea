package dev.millrace.rtmp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.amf.AmfConstant;
import dev.millrace.amf.AmfEcmaArray;
import dev.millrace.amf.AmfNumber;
import dev.millrace.amf.AmfProperties;
import dev.millrace.amf.AmfValue;
import dev.millrace.amf.AmfObject;
import dev.millrace.amf.AmfStrictArray;
import dev.millrace.amf.AmfString;
import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.rtmp.message.Status;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The connection itself: connect, and the calls that have nothing to do with publishing or playing. */
class RtmpServerSessionTest {

    private static final AmfObject LIVE = AmfObject.builder().put("app", "live").build();

    private static final List<String> BEFORE_RESULT = List.of(
            "2/0 WindowAcknowledgementSize[windowBytes=2500000]",
            "2/0 SetPeerBandwidth[windowBytes=2500000, limitType=2]",
            "2/0 SetChunkSize[chunkBytes=60000]",
            "2/0 StreamBegin[messageStreamId=0]");

    @Test
    void answersTheHandshakeAtOnceAndNotBefore() throws Exception {
        try (HandClient client = new HandClient()) {
            byte[] handshake = HandClient.handshake();
            client.receive(Arrays.copyOf(handshake, 1536));
            assertEquals(0, client.skipOutput());
            client.receive(new byte[] {0x55});
            assertEquals(1 + 1536 + 1536, client.skipOutput());
        }
    }

    @Test
    void answersConnectByteForByte() throws Exception {
        try (HandClient client = HandClient.afterHandshake()) {
            client.connect(LIVE);
            String result = """
                    0200075f726573756c74 003ff0000000000000
                    03 0006666d73566572 02000d464d532f332c302c312c313233
                       000c6361706162696c6974696573 00403f000000000000
                       00046d6f6465 003ff0000000000000 000009
                    03 00056c6576656c 020006737461747573
                       0004636f6465 02001d4e6574436f6e6e656374696f6e2e436f6e6e6563742e53756363657373
                       000b6465736372697074696f6e 020015436f6e6e656374696f6e207375636365656465642e
                       000e6f626a656374456e636f64696e67 000000000000000000 000009
                    """.replaceAll("\\s", "");
            String expected = """
                    02 000000 000004 05 00000000 002625a0
                    02 000000 000005 06 00000000 002625a0 02
                    02 000000 000004 01 00000000 0000ea60
                    02 000000 000006 04 00000000 0000 00000000
                    """.replaceAll("\\s", "")
                    + "03000000" + String.format("%06x", result.length() / 2) + "14" + "00000000" + result;
            assertEquals(expected, client.outputHex());
            assertEquals(60_000, client.session.chunkBytesOut());
        }
    }

    @Test
    void tellsWhatTheClientConnectsTo() throws Exception {
        try (HandClient client = HandClient.afterHandshake()) {
            AmfObject properties = AmfObject.builder().put("app", "live/inst?a=b").put("tcUrl", "rtmp://host/live").build();
            client.connect(properties);
            assertEquals(List.of(new SessionEvent.ConnectRequested("live/inst?a=b", properties)), client.events);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fourCcList", "videoFourCcInfoMap", "audioFourCcInfoMap", "capsEx"})
    void offersEnhancedPropertiesInTheFirstObjectIfTheClientSentOne(String name) throws Exception {
        try (HandClient client = HandClient.afterHandshake()) {
            client.connect(AmfObject.builder()
                    .put("app", "live")
                    .put(name, name.equals("capsEx") ? new AmfNumber(1) : new AmfStrictArray(List.of(new AmfString("hvc1"))))
                    .build());
            assertEquals(
                    "3/0 [\"_result\",1,{\"fmsVer\":\"FMS/3,0,1,123\",\"capabilities\":31,\"mode\":1,\"fourCcList\":[\"*\"],"
                            + "\"videoFourCcInfoMap\":{\"*\":4},\"audioFourCcInfoMap\":{\"*\":4},\"capsEx\":6},"
                            + "{\"level\":\"status\",\"code\":\"NetConnection.Connect.Success\",\"description\":\"Connection succeeded.\","
                            + "\"objectEncoding\":0}]",
                    client.replies().get(4));
        }
    }

    // Case 69: whatever stands in Enhanced properties, the answer is the same.
    @Test
    void nonsenseInEnhancedPropertiesIsIgnored() throws Exception {
        List<AmfValue> many = Collections.nCopies(1_000, new AmfNumber(Double.NaN));
        List<AmfValue> nonsense = List.of(
                new AmfStrictArray(many),
                new AmfString("capsEx"),
                AmfObject.builder().put("*", Double.NaN).build(),
                new AmfStrictArray(List.of(new AmfStrictArray(List.of(AmfConstant.NULL)))));
        for (AmfValue value : nonsense) {
            try (HandClient client = HandClient.afterHandshake()) {
                client.connect(AmfObject.builder().put("app", "live").put("fourCcList", value).put("capsEx", value).put("videoFourCcInfoMap", value).build());
                String answer = client.replies().get(4);
                assertTrue(answer.contains("\"capsEx\":6"), answer);
            }
        }
    }

    // Cases 38 and 69: a list that passes the limits of AMF is a command without a legal body.
    @Test
    void aListThatIsTooLongIsSkipped() throws Exception {
        try (HandClient client = HandClient.afterHandshake()) {
            List<AmfValue> many = Collections.nCopies(5_000, AmfConstant.NULL);
            client.connect(AmfObject.builder().put("app", "live").put("fourCcList", new AmfStrictArray(many)).build());
            assertEquals(List.of(), client.events);
            assertEquals(1, client.skipped(SkipReason.MALFORMED_COMMAND));
        }
    }

    // Case 38: names with equal hash codes are only names.
    @Test
    void namesThatCollideAreRead() throws Exception {
        try (HandClient client = HandClient.afterHandshake()) {
            AmfProperties.Builder<AmfObject> properties = AmfObject.builder().put("app", "live");
            for (int i = 0; i < 2_000; i++) {
                StringBuilder name = new StringBuilder();
                for (int bit = 0; bit < 11; bit++) {
                    name.append((i >> bit & 1) == 0 ? "Aa" : "BB");
                }
                properties.put(name.toString(), AmfConstant.NULL);
            }
            client.connect(properties.build());
            SessionEvent.ConnectRequested event = (SessionEvent.ConnectRequested) client.events.get(0);
            assertEquals(2_001, event.properties().properties().size());
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "3, 3", "NaN, 0"})
    void echoesTheObjectEncodingOfAmf3(double asked, int answered) throws Exception {
        try (HandClient client = HandClient.afterHandshake()) {
            client.connect(AmfObject.builder().put("app", "live").put("objectEncoding", new AmfNumber(asked)).build());
            assertTrue(client.replies().get(4).endsWith("\"objectEncoding\":" + answered + "}]"));
        }
    }

    @Test
    void answersOnlyAfterTheHostHas() throws Exception {
        try (HandClient client = HandClient.afterHandshake().undecided()) {
            client.connect(LIVE);
            assertTrue(client.session.isWaiting());
            assertEquals(List.of(), client.replies());
            client.session.acceptConnect();
            assertFalse(client.session.isWaiting());
            assertEquals(BEFORE_RESULT, client.replies().subList(0, 4));
        }
    }

    @Test
    void refusesAConnectionAndCloses() throws Exception {
        try (HandClient client = HandClient.afterHandshake().undecided()) {
            client.connect(LIVE);
            client.session.rejectConnect(Status.error(Status.CONNECT_INVALID_APP, "no such app"));
            assertEquals(
                    List.of("3/0 [\"_error\",1,null,{\"level\":\"error\",\"code\":\"NetConnection.Connect.InvalidApp\","
                            + "\"description\":\"no such app\"}]"),
                    client.replies());
            assertTrue(client.session.isClosing());
            assertThrows(IllegalStateException.class, client.session::acceptConnect);
            client.call(0, "createStream", 2);
            assertEquals(List.of(), client.replies());
        }
    }

    @Test
    void canBeAnsweredOnceAndOnlyWhenAsked() throws Exception {
        try (HandClient client = HandClient.afterHandshake().undecided()) {
            assertThrows(IllegalStateException.class, client.session::acceptConnect);
            assertThrows(IllegalStateException.class, () -> client.session.acceptPublish(1));
            client.connect(LIVE);
            client.session.acceptConnect();
            assertThrows(IllegalStateException.class, client.session::acceptConnect);
            assertThrows(IllegalStateException.class, () -> client.session.rejectConnect(Status.error("a", "b")));
        }
    }

    @Test
    void answersThatComeAfterTheEndLeakNothing() throws Exception {
        try (HandClient client = HandClient.afterHandshake().undecided()) {
            client.connect(LIVE);
            client.session.close();
            client.session.acceptConnect();
            client.session.congested(false);
            assertEquals(0, client.skipOutput());
        }
    }

    @Test
    void takesAnyObjectOrNoneInConnect() throws Exception {
        try (HandClient client = HandClient.afterHandshake()) {
            client.call(0, "connect", 1);
            assertEquals("", assertInstanceOf(SessionEvent.ConnectRequested.class, client.events.get(0)).app());
        }
        try (HandClient client = HandClient.afterHandshake()) {
            client.connect(AmfObject.of(AmfEcmaArray.builder().put("app", 5).build().properties()));
            assertEquals("", assertInstanceOf(SessionEvent.ConnectRequested.class, client.events.get(0)).app());
        }
    }

    // The null is there and the identifier is not 0: FFmpeg and GStreamer depend on it. Body from reference A.3.
    @Test
    void createsAMessageStreamByteForByte() throws Exception {
        try (HandClient client = HandClient.connected()) {
            client.call(0, "createStream", 4);
            assertEquals("0300000000001d1400000000" + "0200075f726573756c7400401000000000000005003ff0000000000000", client.outputHex());
        }
    }

    @Test
    void usesTheIdentifiersOfDeletedMessageStreamsAgain() throws Exception {
        try (HandClient client = HandClient.connected()) {
            client.call(0, "createStream", 2);
            client.call(0, "createStream", 3);
            client.call(0, "deleteStream", 4, 1);
            client.call(0, "createStream", 5);
            assertEquals(
                    List.of("3/0 [\"_result\",2,null,1]", "3/0 [\"_result\",3,null,2]", "3/0 [\"_result\",5,null,1]"), client.replies());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "releaseStream, null",
        "FCSubscribe, null",
        "getStreamLength, 0",
        "_checkbw, null",
        "checkBandwidth, null",
        "whatever, null",
    })
    void answersACallThatWantsIt(String name, String answer) throws Exception {
        try (HandClient client = HandClient.connected()) {
            client.call(0, name, 7, "key");
            client.call(0, name, 0, "key");
            assertEquals(List.of("3/0 [\"_result\",7,null," + answer + "]"), client.replies());
            assertEquals(List.of(), client.events);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"_result", "_error", "onStatus"})
    void doesNotAnswerAnswers(String name) throws Exception {
        try (HandClient client = HandClient.connected()) {
            client.call(0, name, 7, "key");
            assertEquals(List.of(), client.replies());
            assertEquals(1, client.skipped(SkipReason.OUT_OF_PLACE));
        }
    }

    @Test
    void answersPings() throws Exception {
        try (HandClient client = HandClient.connected()) {
            client.control(4, "0006 fedcba98");
            assertEquals("02000000000006040000000000" + "07fedcba98", client.outputHex());
        }
    }

    @Test
    void tellsHowMuchThePlayerBuffers() throws Exception {
        try (HandClient client = HandClient.connected()) {
            client.control(4, "0003 00000001 00000bb8");
            assertEquals(List.of(new SessionEvent.BufferLengthSet(1, 3000)), client.events);
            assertEquals(List.of(), client.replies());
        }
    }

    @Test
    void announcesTheWindowThatThePeerWantsOnce() throws Exception {
        try (HandClient client = HandClient.connected()) {
            client.control(6, "002625a0 02");
            assertEquals(List.of(), client.replies());
            client.control(6, "00100000 02");
            client.control(6, "00100000 02");
            assertEquals(List.of("2/0 WindowAcknowledgementSize[windowBytes=1048576]"), client.replies());
        }
    }

    // Reference A.3: what ffmpeg and GStreamer's rtmp2sink send to publish.
    @ParameterizedTest
    @CsvSource(textBlock = """
            020007636f6e6e656374003ff00000000000000300036170700200096c6976652f696e737400047479706502000a6e6f6e7072697661746500\
            08666c617368566572020024464d4c452f332e302028636f6d70617469626c653b204c61766635392e32372e313030290005746355726c0200\
            2072746d703a2f2f3132372e302e302e313a31393335312f6c6976652f696e7374000009, \
            02000d72656c6561736553747265616d004000000000000000050200116b65793f746f6b656e3d612f6226783d31, \
            02000946435075626c697368004008000000000000050200116b65793f746f6b656e3d612f6226783d31, \
            02000c63726561746553747265616d00401000000000000005, \
            0200077075626c697368004014000000000000050200116b65793f746f6b656e3d612f6226783d310200046c697665, \
            key?token=a/b&x=1
            020007636f6e6e656374003ff00000000000000300036170700200096c6976652f696e737400047479706502000a6e6f6e7072697661746500\
            08666c61736856657202000e4c4e582031302c302c33322c31380005746355726c02002072746d703a2f2f3132372e302e302e313a31393335\
            322f6c6976652f696e7374000009, '', '', 02000c63726561746553747265616d00400000000000000005, \
            0200077075626c6973680000000000000000000502000c6b65793f746f6b656e3d61620200046c697665, key?token=ab
            """)
    void understandsWhatRealPublishersSend(
            String connect, String release, String fcPublish, String createStream, String publish, String name) throws Exception {
        try (HandClient client = HandClient.afterHandshake()) {
            for (String body : List.of(connect, release, fcPublish, createStream)) {
                if (!body.isEmpty()) {
                    client.send(3, 0, 20, TrackedBuffers.bytes(body));
                }
            }
            client.send(8, 1, 20, TrackedBuffers.bytes(publish));
            assertEquals("live/inst", assertInstanceOf(SessionEvent.ConnectRequested.class, client.events.get(0)).app());
            assertEquals(new SessionEvent.PublishRequested(1, name, "live"), client.events.get(1));
            assertEquals(2, client.events.size());
            assertEquals(0, client.session.skippedMessages());
        }
    }
}
