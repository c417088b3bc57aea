package dev.millrace.rtmp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.rtmp.ByteBudget;
import dev.millrace.rtmp.RtmpLimits;
import dev.millrace.rtmp.RtmpProtocolException;
import dev.millrace.rtmp.chunk.ChunkMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What real clients sent to a real server goes through a whole session, and must mean what an independent decoder says it means. */
class ReplayTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What came of a capture. */
    private record Replay(List<String> messages, List<SessionEvent> events, Map<SkipReason, Long> skipped) {}

    static List<String> captures() {
        return List.of(
                "play-ffmpeg5",
                "play-ffmpeg8",
                "play-gstreamer-rtmp2src",
                "play-rtmpdump",
                "publish-ffmpeg5-avc-bframes-aac",
                "publish-ffmpeg8-av1-opus",
                "publish-ffmpeg8-hevc-aac-announced",
                "publish-ffmpeg8-hevc-aac",
                "publish-ffmpeg8-two-audio-tracks",
                "publish-ffmpeg8-two-video-tracks",
                "publish-ffmpeg8-vp9-flac",
                "publish-gstreamer-rtmp2sink",
                "publish-librtmp-rtmpsink");
    }

    @ParameterizedTest
    @MethodSource("captures")
    void wholeInOnePiece(String capture) throws Exception {
        assertReplays(capture, () -> Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @MethodSource("captures")
    void oneByteAtATime(String capture) throws Exception {
        assertReplays(capture, () -> 1);
    }

    @ParameterizedTest
    @MethodSource("captures")
    void cutAnywhere(String capture) throws Exception {
        for (int seed = 0; seed < 5; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            assertReplays(capture, () -> random.nextInt(1, random.nextBoolean() ? 20 : 5_000));
        }
    }

    private static void assertReplays(String capture, IntSupplier pieces) throws Exception {
        List<JsonNode> expected = new ArrayList<>();
        for (String line : new String(resource(capture + ".events.json"), StandardCharsets.UTF_8).split("\n")) {
            expected.add(JSON.readTree(line));
        }
        Replay replay = replay(resource(capture + ".c2s.bin"), pieces);
        for (int i = 0; i < Math.min(expected.size(), replay.messages.size()); i++) {
            assertEquals(expected.get(i).toString(), replay.messages.get(i));
        }
        assertEquals(expected.size(), replay.messages.size());
        assertEquals(expectedEvents(expected), eventLines(replay.events));
        assertTrue(replay.skipped.keySet().stream().allMatch(SkipReason.OUT_OF_PLACE::equals), replay.skipped.toString());
    }

    /** What the session has to tell of these messages: media as kind, time and length, and the requests by their names. */
    private static List<String> expectedEvents(List<JsonNode> messages) {
        List<String> events = new ArrayList<>();
        for (JsonNode message : messages) {
            String tail = " " + message.get("msid") + " " + message.get("ts") + " " + message.get("len");
            JsonNode command = message.path("command");
            switch (message.get("type").intValue()) {
                case 8 -> events.add("AUDIO" + tail);
                case 9 -> events.add("VIDEO" + tail);
                case 18 -> events.add("DATA" + tail);
                case 20 -> addCommandEvent(command, message.get("msid").intValue(), events);
                case 4 -> events.add("buffer " + message.at("/control/msid") + " " + message.at("/control/bufferMs"));
                default -> {}
            }
        }
        return events;
    }

    private static void addCommandEvent(JsonNode command, int messageStreamId, List<String> events) {
        switch (command.get(0).textValue()) {
            case "connect" -> events.add("connect " + command.at("/2/app").textValue());
            case "publish" -> events.add("publish " + messageStreamId + " " + command.get(3).textValue() + " " + command.get(4).textValue());
            case "play" -> events.add("play " + messageStreamId + " " + command.get(3).textValue() + " " + command.path(4).asDouble(-2));
            case "FCUnpublish" -> events.add("publish stopped 1");
            case "deleteStream" -> {
                if (events.stream().anyMatch(event -> event.startsWith("play "))) {
                    events.add("play stopped " + command.get(3));
                } else if (!events.contains("publish stopped 1")) {
                    events.add("publish stopped 1");
                }
            }
            default -> {}
        }
    }

    private static List<String> eventLines(List<SessionEvent> events) {
        List<String> lines = new ArrayList<>();
        for (SessionEvent event : events) {
            if (event instanceof SessionEvent.MediaReceived media) {
                lines.add(media.kind() + " " + media.messageStreamId() + " " + Integer.toUnsignedLong(media.timestampMillis()) + " "
                        + media.payload().length);
            } else if (event instanceof SessionEvent.ConnectRequested connect) {
                lines.add("connect " + connect.app());
            } else if (event instanceof SessionEvent.PublishRequested publish) {
                lines.add("publish " + publish.messageStreamId() + " " + publish.name() + " " + publish.type());
            } else if (event instanceof SessionEvent.PlayRequested play) {
                lines.add("play " + play.messageStreamId() + " " + play.name() + " " + play.start());
            } else if (event instanceof SessionEvent.PublishStopped stopped) {
                lines.add("publish stopped " + stopped.messageStreamId());
            } else if (event instanceof SessionEvent.PlayStopped stopped) {
                lines.add("play stopped " + stopped.messageStreamId());
            } else if (event instanceof SessionEvent.BufferLengthSet buffer) {
                lines.add("buffer " + buffer.messageStreamId() + " " + buffer.bufferMillis());
            } else {
                lines.add(event.toString());
            }
        }
        return lines;
    }

    private static Replay replay(byte[] wire, IntSupplier pieces) throws RtmpProtocolException {
        List<ChunkMessage> messages = new ArrayList<>();
        List<SessionEvent> events = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        ByteBudget budget = new ByteBudget(1 << 20);
        try (TrackedBuffers buffers = new TrackedBuffers()) {
            SessionOptions options =
                    new SessionOptions(RtmpLimits.DEFAULT, budget, buffers.allocator(), new SplittableRandom(1), messages::add);
            RtmpServerSession[] session = new RtmpServerSession[1];
            session[0] = new RtmpServerSession(options, 0, event -> {
                events.add(event);
                Answers.accept(session[0], event);
            });
            try (RtmpServerSession closing = session[0]) {
                ByteBuf in = Unpooled.wrappedBuffer(wire);
                while (in.isReadable()) {
                    session[0].receive(in.readSlice(Math.min(in.readableBytes(), pieces.getAsInt())), 0);
                }
                messages.forEach(message -> lines.add(EventText.of(lines.size(), message)));
                return new Replay(lines, events, closing.skipped());
            }
        } finally {
            assertEquals(0, budget.usedBytes());
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = new GZIPInputStream(ReplayTest.class.getResourceAsStream("captures/" + name + ".gz"))) {
            return in.readAllBytes();
        }
    }
}
