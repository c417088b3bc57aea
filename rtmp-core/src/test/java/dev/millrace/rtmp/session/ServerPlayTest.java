package dev.millrace.rtmp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.amf.AmfBoolean;
import dev.millrace.amf.AmfConstant;
import dev.millrace.amf.AmfNumber;
import dev.millrace.amf.AmfString;
import dev.millrace.amf.AmfValue;
import dev.millrace.media.MediaKind;
import dev.millrace.rtmp.message.Status;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands of a player and their answers (RTMP 1.0, 7.2.2.1). */
class ServerPlayTest {

    private static final String BEGIN = "2/0 StreamBegin[messageStreamId=1]";
    private static final String RESET = status("status", "NetStream.Play.Reset", "Playing and resetting.");
    private static final String START = status("status", "NetStream.Play.Start", "Playing.");
    private static final String SAMPLE_ACCESS = "5/1 data [\"|RtmpSampleAccess\",true,true]";

    private static String status(String level, String code, String description) {
        return "5/1 [\"onStatus\",0,null,{\"level\":\"" + level + "\",\"code\":\"" + code + "\",\"description\":\"" + description + "\"}]";
    }

    @Test
    void answersPlayInTheOrderThatClientsNeed() throws Exception {
        try (HandClient client = HandClient.connected().undecided()) {
            client.call(0, "createStream", 2);
            client.replies();
            client.call(1, "play", 4, "key?a=b", -2000);
            assertEquals(List.of(new SessionEvent.PlayRequested(1, "key?a=b", -2000)), client.events);
            assertTrue(client.session.isWaiting());
            assertEquals(List.of(), client.replies());
            client.session.acceptPlay(1);
            assertFalse(client.session.isWaiting());
            assertEquals(List.of(BEGIN, RESET, START, SAMPLE_ACCESS), client.replies());
            assertThrows(IllegalStateException.class, () -> client.session.acceptPlay(1));
        }
    }

    static Stream<Arguments> resets() {
        return Stream.of(
                Arguments.of(new AmfBoolean(true), true),
                Arguments.of(new AmfBoolean(false), false),
                Arguments.of(new AmfNumber(1), true),
                Arguments.of(new AmfNumber(0), false),
                Arguments.of(new AmfNumber(Double.NaN), true),
                Arguments.of(AmfConstant.NULL, true),
                Arguments.of(new AmfString("false"), true));
    }

    @ParameterizedTest
    @MethodSource("resets")
    void saysResetOnlyIfItIsWanted(AmfValue reset, boolean wanted) throws Exception {
        try (HandClient client = HandClient.connected()) {
            client.call(0, "createStream", 2);
            client.replies();
            client.call(1, "play", 4, "key", -2, -1, reset);
            assertEquals(wanted ? List.of(BEGIN, RESET, START, SAMPLE_ACCESS) : List.of(BEGIN, START, SAMPLE_ACCESS), client.replies());
        }
    }

    // Case 42.
    @Test
    void takesAnyStart() throws Exception {
        for (double start : new double[] {Double.NaN, Double.NEGATIVE_INFINITY, 1e300, -1}) {
            try (HandClient client = HandClient.connected()) {
                client.call(0, "createStream", 2);
                client.call(1, "play", Double.NaN, "key", start);
                double told = Double.isFinite(start) ? start : -2;
                assertEquals(List.of(new SessionEvent.PlayRequested(1, "key", told)), client.events);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {Status.PLAY_STREAM_NOT_FOUND, Status.PLAY_FAILED})
    void refusesAPlayerOnItsMessageStreamAndCloses(String code) throws Exception {
        try (HandClient client = HandClient.connected().undecided()) {
            client.call(0, "createStream", 2);
            client.call(1, "play", 4, "key");
            client.replies();
            client.session.rejectPlay(1, Status.error(code, "no"));
            assertEquals(List.of(status("error", code, "no")), client.replies());
            assertTrue(client.session.isClosing());
            assertThrows(IllegalStateException.class, () -> client.session.acceptPlay(1));
        }
    }

    @Test
    void pausesAndGoesOn() throws Exception {
        try (HandClient client = HandClient.playing()) {
            client.call(1, "pause", 0, true, 5000);
            assertEquals(
                    List.of(status("status", "NetStream.Pause.Notify", "key"), "2/0 StreamEof[messageStreamId=1]"), client.replies());
            client.call(1, "pauseRaw", 0, false, 5000);
            assertEquals(List.of(status("status", "NetStream.Unpause.Notify", "key"), BEGIN), client.replies());
            assertEquals(List.of(new SessionEvent.PauseChanged(1, true), new SessionEvent.PauseChanged(1, false)), client.events);
        }
    }

    @Test
    void refusesToSeekWithoutEnd() throws Exception {
        try (HandClient client = HandClient.playing()) {
            client.call(1, "seek", 0, 5000);
            assertEquals(List.of(status("error", "NetStream.Seek.Failed", "the stream is live")), client.replies());
            assertFalse(client.session.isClosing());
        }
    }

    @Test
    void turnsAudioAndVideoOffAndOn() throws Exception {
        try (HandClient client = HandClient.playing()) {
            client.call(1, "receiveAudio", 0, false);
            client.call(1, "receiveVideo", 0, false);
            assertEquals(List.of(), client.replies());
            client.call(1, "receiveVideo", 0, true);
            client.call(1, "receiveAudio", 0);
            String seek = status("status", "NetStream.Seek.Notify", "key");
            String start = status("status", "NetStream.Play.Start", "key");
            assertEquals(List.of(seek, start, seek, start), client.replies());
            assertEquals(
                    List.of(
                            new SessionEvent.ReceiveChanged(1, MediaKind.AUDIO, false),
                            new SessionEvent.ReceiveChanged(1, MediaKind.VIDEO, false),
                            new SessionEvent.ReceiveChanged(1, MediaKind.VIDEO, true),
                            new SessionEvent.ReceiveChanged(1, MediaKind.AUDIO, true)),
                    client.events);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pause", "pauseRaw", "seek", "receiveAudio", "receiveVideo"})
    void ignoresWhatOnlyAPlayerMayAsk(String name) throws Exception {
        try (HandClient client = HandClient.publishing()) {
            client.call(1, name, 0, true);
            client.call(9, name, 0, true);
            client.call(0, name, 0, true);
            assertEquals(List.of(), client.replies());
            assertEquals(List.of(), client.events);
            assertEquals(3, client.skipped(SkipReason.OUT_OF_PLACE));
        }
    }

    @Test
    void refusesPlay2WithoutEnd() throws Exception {
        try (HandClient client = HandClient.playing()) {
            client.call(1, "play2", 0);
            assertEquals(List.of(status("error", "NetStream.Play.Failed", "play2 is not supported")), client.replies());
            assertEquals(List.of(), client.events);
        }
    }

    @Test
    void stopsWithItsMessageStream() throws Exception {
        for (String how : List.of("deleteStream", "closeStream")) {
            try (HandClient client = HandClient.playing()) {
                client.call(1, how, 0, 1);
                client.call(1, "pause", 0, true);
                assertEquals(List.of(new SessionEvent.PlayStopped(1)), client.events);
                assertEquals(List.of(), client.replies());
            }
        }
    }

    @Test
    void theHostEndsAPlayerOnceAndThePlayerMayPlayOn() throws Exception {
        try (HandClient client = HandClient.playing()) {
            client.session.endPlay(7);
            client.session.endPlay(1);
            client.session.endPlay(1);
            assertEquals(
                    List.of("2/0 StreamEof[messageStreamId=1]", status("status", "NetStream.Play.UnpublishNotify", "The stream is over.")),
                    client.replies());
            assertFalse(client.session.isClosing());
            client.call(1, "play", 0, "next");
            assertEquals(List.of(new SessionEvent.PlayRequested(1, "next", -2)), client.events);
        }
    }
}
