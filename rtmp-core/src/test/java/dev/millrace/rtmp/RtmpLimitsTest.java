package dev.millrace.rtmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.amf.AmfLimits;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RtmpLimitsTest {

    private static final List<Record> DEFAULTS = List.of(
            Deadlines.DEFAULT, ConnectionLimits.DEFAULT, MessageLimits.DEFAULT, ChunkLimits.DEFAULT, SessionLimits.DEFAULT, OutboundLimits.DEFAULT);

    /** One component of a record, and the least value that it may have. */
    private record Bound(Record defaults, String component, long least) {
        @Override
        public String toString() {
            return defaults.getClass().getSimpleName() + "." + component;
        }
    }

    static Stream<Bound> bounds() {
        return Stream.of(
                new Bound(ConnectionLimits.DEFAULT, "maxConnections", 1),
                new Bound(ConnectionLimits.DEFAULT, "maxPerAddress", 1),
                new Bound(MessageLimits.DEFAULT, "maxAudioBytes", 1),
                new Bound(MessageLimits.DEFAULT, "maxVideoBytes", 1),
                new Bound(MessageLimits.DEFAULT, "maxDataBytes", 1),
                new Bound(MessageLimits.DEFAULT, "maxCommandBytes", 1),
                new Bound(MessageLimits.DEFAULT, "maxControlBytes", 4),
                new Bound(MessageLimits.DEFAULT, "maxUnauthorisedBytes", 1),
                new Bound(ChunkLimits.DEFAULT, "maxChunkStreams", 1),
                new Bound(ChunkLimits.DEFAULT, "maxPartialMessages", 1),
                new Bound(ChunkLimits.DEFAULT, "maxPartialBytes", 1),
                new Bound(ChunkLimits.DEFAULT, "minChunkBytesOfLargeMessage", 1),
                new Bound(ChunkLimits.DEFAULT, "chunkBytesOut", 128),
                new Bound(SessionLimits.DEFAULT, "maxCommandsPerSecond", 1),
                new Bound(SessionLimits.DEFAULT, "maxControlsPerSecond", 1),
                new Bound(SessionLimits.DEFAULT, "maxMetadataPerSecond", 1),
                new Bound(SessionLimits.DEFAULT, "maxSkippedMessages", 1),
                new Bound(SessionLimits.DEFAULT, "maxMessageStreams", 1),
                new Bound(SessionLimits.DEFAULT, "maxUnauthorisedBytes", 4096),
                new Bound(SessionLimits.DEFAULT, "maxUnauthorisedCommands", 1),
                new Bound(SessionLimits.DEFAULT, "maxUndecidedBytes", 1),
                new Bound(SessionLimits.DEFAULT, "windowAcknowledgementBytes", 1),
                new Bound(OutboundLimits.DEFAULT, "dropRepliesAboveBytes", 1),
                new Bound(OutboundLimits.DEFAULT, "closeAboveBytes", OutboundLimits.DEFAULT.dropRepliesAboveBytes()),
                new Bound(OutboundLimits.DEFAULT, "lowWaterBytes", 1),
                new Bound(OutboundLimits.DEFAULT, "highWaterBytes", OutboundLimits.DEFAULT.lowWaterBytes()),
                new Bound(Deadlines.DEFAULT, "handshake", 1),
                new Bound(Deadlines.DEFAULT, "connect", 1),
                new Bound(Deadlines.DEFAULT, "publishOrPlay", 1),
                new Bound(Deadlines.DEFAULT, "decision", 1),
                new Bound(Deadlines.DEFAULT, "publisherIdle", 1),
                new Bound(Deadlines.DEFAULT, "playerStalled", 1),
                new Bound(Deadlines.DEFAULT, "ping", 1),
                new Bound(Deadlines.DEFAULT, "close", 1));
    }

    @ParameterizedTest
    @MethodSource("bounds")
    void refusesLessThanTheLeast(Bound bound) throws Exception {
        assertEquals(bound.defaults().getClass(), with(bound, bound.least()).getClass());
        for (long less : new long[] {bound.least() - 1, -1, Integer.MIN_VALUE}) {
            InvocationTargetException e = assertThrows(InvocationTargetException.class, () -> with(bound, less));
            assertEquals(IllegalArgumentException.class, e.getCause().getClass());
            assertTrue(e.getCause().getMessage().startsWith(bound.component() + " "), e.getCause().getMessage());
        }
    }

    @Test
    void everyComponentHasABound() {
        Set<String> components = DEFAULTS.stream()
                .flatMap(record -> Arrays.stream(record.getClass().getRecordComponents())
                        .map(component -> record.getClass().getSimpleName() + "." + component.getName()))
                .collect(Collectors.toSet());
        assertEquals(components, bounds().map(Bound::toString).collect(Collectors.toSet()));
    }

    /** The same record but for one component. A number stands for nanoseconds where a duration is wanted. */
    private static Record with(Bound bound, long value) throws Exception {
        Class<? extends Record> type = bound.defaults().getClass();
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = components[i].getAccessor().invoke(bound.defaults());
            if (components[i].getName().equals(bound.component())) {
                values[i] = types[i] == Duration.class ? Duration.ofNanos(value) : (Object) (int) value;
            }
        }
        return type.getDeclaredConstructor(types).newInstance(values);
    }

    @Test
    void aChunkThatWeSendHasALengthOfThreeBytes() {
        assertEquals(0xFFFFFF, new ChunkLimits(1, 1, 1, 1, 0xFFFFFF).chunkBytesOut());
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> new ChunkLimits(1, 1, 1, 1, 0x1000000));
        assertEquals("chunkBytesOut 16777216 is more than 16777215", e.getMessage());
    }

    @Test
    void hasTheDefaultsOfItsDocumentation() {
        assertEquals(new ConnectionLimits(10_000, 256), ConnectionLimits.DEFAULT);
        assertEquals(new MessageLimits(65_536, 10_485_760, 1_048_576, 262_144, 64, 65_536), MessageLimits.DEFAULT);
        assertEquals(new ChunkLimits(64, 8, 12_582_912, 128, 60_000), ChunkLimits.DEFAULT);
        assertEquals(new SessionLimits(100, 1_000, 10, 8, 16, 1_048_576, 64, 65_536, 2_500_000), SessionLimits.DEFAULT);
        assertEquals(new OutboundLimits(1_048_576, 8_388_608, 262_144, 1_048_576), OutboundLimits.DEFAULT);
        Duration ten = Duration.ofSeconds(10);
        Duration thirty = Duration.ofSeconds(30);
        assertEquals(new Deadlines(ten, ten, Duration.ofSeconds(20), ten, thirty, ten, thirty, Duration.ofSeconds(3)), Deadlines.DEFAULT);
    }

    @ParameterizedTest(name = "type {0}")
    @CsvSource({
        "1, 5, 5", "2, 5, 5", "3, 5, 5", "4, 5, 5", "5, 5, 5", "6, 5, 5", "8, 10, 10", "9, 20, 15", "22, 20, 15", "17, 40, 15", "20, 40, 15",
        "0, 30, 15", "7, 30, 15", "15, 30, 15", "16, 30, 15", "18, 30, 15", "19, 30, 15", "21, 30, 15", "255, 30, 15"
    })
    void eachTypeHasALimit(int typeId, int authorised, int unauthorised) {
        MessageLimits limits = new MessageLimits(10, 20, 30, 40, 5, 15);
        assertEquals(authorised, limits.maxBytes(typeId, true));
        assertEquals(unauthorised, limits.maxBytes(typeId, false));
    }

    @Test
    void replacesOnePart() {
        ConnectionLimits connections = new ConnectionLimits(1, 2);
        MessageLimits messages = new MessageLimits(1, 2, 3, 4, 5, 6);
        ChunkLimits chunks = new ChunkLimits(1, 2, 3, 4, 128);
        SessionLimits session = new SessionLimits(1, 2, 3, 4, 5, 4096, 7, 8, 9);
        OutboundLimits outbound = new OutboundLimits(1, 2, 3, 4);
        AmfLimits amf = new AmfLimits(1, 2, 3);
        Duration second = Duration.ofSeconds(1);
        Deadlines deadlines = new Deadlines(second, second, second, second, second, second, second, second);
        RtmpLimits all = new RtmpLimits(deadlines, connections, messages, chunks, session, outbound, amf);
        RtmpLimits some = RtmpLimits.DEFAULT;
        assertEquals(new RtmpLimits(deadlines, some.connections(), some.messages(), some.chunks(), some.session(), some.outbound(), some.amf()),
                some.with(deadlines));
        RtmpLimits replaced = some.with(deadlines).with(connections).with(messages).with(chunks).with(session).with(outbound);
        assertEquals(new RtmpLimits(deadlines, connections, messages, chunks, session, outbound, some.amf()), replaced);
        assertEquals(all, replaced.with(amf));
    }

    @Test
    void nothingIsNull() throws Exception {
        RtmpLimits limits = RtmpLimits.DEFAULT;
        RecordComponent[] components = RtmpLimits.class.getRecordComponents();
        Class<?>[] types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        for (int i = 0; i < components.length; i++) {
            Object[] values = new Object[components.length];
            for (int j = 0; j < components.length; j++) {
                values[j] = i == j ? null : components[j].getAccessor().invoke(limits);
            }
            InvocationTargetException e =
                    assertThrows(InvocationTargetException.class, () -> RtmpLimits.class.getDeclaredConstructor(types).newInstance(values));
            assertEquals(components[i].getName(), e.getCause().getMessage());
        }
    }
}
