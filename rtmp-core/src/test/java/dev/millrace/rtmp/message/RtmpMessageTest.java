package dev.millrace.rtmp.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.amf.AmfBoolean;
import dev.millrace.amf.AmfConstant;
import dev.millrace.amf.AmfLimits;
import dev.millrace.amf.AmfNumber;
import dev.millrace.amf.AmfObject;
import dev.millrace.amf.AmfString;
import dev.millrace.amf.AmfValue;
import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaKind;
import dev.millrace.rtmp.chunk.ChunkMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RtmpMessageTest {

    private static final String CREATE_STREAM_RESULT = "0200075f726573756c74 004010000000000000 05 003ff0000000000000";

    /** A body written by hand from the specification, or captured, and what it says. */
    private record Row(String name, int typeId, String body, RtmpMessage message) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Read and written alike. */
    static Stream<Row> rows() {
        return Stream.of(
                new Row("chunk size", 1, "0000ea60", new SetChunkSize(60_000)),
                new Row("largest chunk size", 1, "7fffffff", new SetChunkSize(Integer.MAX_VALUE)),
                new Row("abort", 2, "00000006", new Abort(6)),
                new Row("acknowledgement", 3, "002625a0", new Acknowledgement(2_500_000)),
                new Row("acknowledgement past 2^31", 3, "fffffffe", new Acknowledgement(-2)),
                new Row("stream begin", 4, "0000 00000001", new UserControl.StreamBegin(1)),
                new Row("stream EOF", 4, "0001 00000002", new UserControl.StreamEof(2)),
                new Row("stream dry", 4, "0002 00000003", new UserControl.StreamDry(3)),
                new Row("buffer length", 4, "0003 00000001 00000bb8", new UserControl.SetBufferLength(1, 3000)),
                new Row("recorded", 4, "0004 00000004", new UserControl.StreamIsRecorded(4)),
                new Row("ping", 4, "0006 80000001", new UserControl.PingRequest(0x80000001)),
                new Row("pong", 4, "0007 80000001", new UserControl.PingResponse(0x80000001)),
                new Row("unassigned event", 4, "0005", new UserControl.Other(5)),
                new Row("event 26", 4, "001a", new UserControl.Other(26)),
                new Row("event 65535", 4, "ffff", new UserControl.Other(65_535)),
                new Row("window", 5, "002625a0", new WindowAcknowledgementSize(2_500_000)),
                new Row("window 0", 5, "00000000", new WindowAcknowledgementSize(0)),
                new Row("window past 2^31", 5, "ffffffff", new WindowAcknowledgementSize(-1)),
                new Row("bandwidth", 6, "002625a0 02", new SetPeerBandwidth(2_500_000, SetPeerBandwidth.DYNAMIC)),
                new Row("bandwidth, hard", 6, "00000000 00", new SetPeerBandwidth(0, 0)),
                new Row("bandwidth, unknown type", 6, "80000000 ff", new SetPeerBandwidth(Integer.MIN_VALUE, 255)),
                new Row("audio", 8, "af01cafe", new MediaMessage(MediaKind.AUDIO, TrackedBuffers.bytes("af01cafe"))),
                new Row("silence", 8, "", new MediaMessage(MediaKind.AUDIO, new byte[0])),
                new Row("video", 9, "1702000000", new MediaMessage(MediaKind.VIDEO, TrackedBuffers.bytes("1702000000"))),
                new Row("data", 18, "020001 61", new MediaMessage(MediaKind.DATA, TrackedBuffers.bytes("02000161"))),
                new Row("data that are no AMF", 18, "fffe", new MediaMessage(MediaKind.DATA, TrackedBuffers.bytes("fffe"))),
                new Row("result of createStream", 20, CREATE_STREAM_RESULT, Command.of("_result", 4, new AmfNumber(1))),
                new Row(
                        "command object",
                        20,
                        "020007 636f6e6e656374 003ff0000000000000 03 0003 617070 020004 6c697665 000009",
                        new Command("connect", 1, List.of(AmfObject.builder().put("app", "live").build()))),
                new Row("command without arguments", 20, "020001 61 000000000000000000", new Command("a", 0, List.of())),
                new Row("negative transaction", 20, "020001 61 00bff0000000000000 05", Command.of("a", -1)),
                new Row("transaction 1e300", 20, "020001 61 007e37e43c8800759c 05", Command.of("a", 1e300)),
                new Row("shared object", 19, "0001 61", new UnknownMessage(19, TrackedBuffers.bytes("000161"))),
                new Row("type 0", 0, "", new UnknownMessage(0, new byte[0])),
                new Row("type 255", 255, "cafe", new UnknownMessage(255, TrackedBuffers.bytes("cafe"))));
    }

    /** Read, but not written so. */
    static Stream<Row> tolerated() {
        return Stream.of(
                new Row("abort with more", 2, "00000006ff", new Abort(6)),
                new Row("event 31 with data", 4, "001f 00000001", new UserControl.Other(31)),
                new Row("event 32 with data", 4, "0020 00000001", new UserControl.Other(32)),
                new Row("event 27 with data", 4, "001b" + "00".repeat(42), new UserControl.Other(27)),
                new Row("event 8", 4, "0008", new UserControl.Other(8)),
                new Row("buffer length with more", 4, "0003 00000001 00000bb8 ff", new UserControl.SetBufferLength(1, 3000)),
                new Row("bandwidth without type", 6, "002625a0", new SetPeerBandwidth(2_500_000, SetPeerBandwidth.DYNAMIC)),
                new Row("data, AMF3", 15, "00 020001 61", new MediaMessage(MediaKind.DATA, TrackedBuffers.bytes("02000161"))),
                new Row("data, AMF3 without format byte", 15, "020001 61", new MediaMessage(MediaKind.DATA, TrackedBuffers.bytes("02000161"))),
                new Row("data, AMF3 value", 15, "00 11 0401", new MediaMessage(MediaKind.DATA, TrackedBuffers.bytes("110401"))),
                new Row("data, AMF3, format byte only", 15, "00", new MediaMessage(MediaKind.DATA, new byte[0])),
                new Row("data, AMF3, nothing", 15, "", new MediaMessage(MediaKind.DATA, new byte[0])),
                new Row("command, AMF3", 17, "00" + CREATE_STREAM_RESULT, Command.of("_result", 4, new AmfNumber(1))),
                new Row("command, AMF3 without format byte", 17, CREATE_STREAM_RESULT, Command.of("_result", 4, new AmfNumber(1))),
                new Row("command name only", 20, "020001 61", new Command("a", 0, List.of())),
                new Row("transaction NaN", 20, "020001 61 007ff8000000000000 05", Command.of("a", 0)),
                new Row("transaction infinite", 20, "020001 61 007ff0000000000000 05", Command.of("a", 0)),
                new Row("transaction -infinite", 20, "020001 61 00fff0000000000000 05", Command.of("a", 0)),
                new Row("transaction is no number", 20, "020001 61 05 05", Command.of("a", 0)),
                new Row("garbage behind a command", 20, CREATE_STREAM_RESULT + "000009", Command.of("_result", 4, new AmfNumber(1))),
                new Row("shared object, AMF3", 16, "00", new UnknownMessage(16, new byte[1])),
                new Row("empty aggregate", 22, "", new Aggregate(List.of(), 0)));
    }

    @ParameterizedTest
    @MethodSource({"rows", "tolerated"})
    void reads(Row row) throws Exception {
        assertSameMessage(row.message(), parse(row.typeId(), row.body()));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void writes(Row row) {
        try (TrackedBuffers buffers = new TrackedBuffers()) {
            ByteBuf out = buffers.hex("ff");
            try {
                row.message().writeTo(out);
                assertEquals("ff" + row.body().replace(" ", ""), ByteBufUtil.hexDump(out));
                assertEquals(row.typeId(), row.message().typeId());
            } finally {
                out.release();
            }
        }
    }

    @Test
    void everyMessageHasARow() {
        Set<Class<?>> tested = Stream.concat(rows(), tolerated()).map(row -> row.message().getClass()).collect(Collectors.toSet());
        assertEquals(Set.copyOf(records(RtmpMessage.class)), tested);
    }

    private static List<Class<?>> records(Class<?> type) {
        if (!type.isSealed()) {
            return List.of(type);
        }
        List<Class<?>> all = new ArrayList<>();
        for (Class<?> permitted : type.getPermittedSubclasses()) {
            all.addAll(records(permitted));
        }
        return all;
    }

    @ParameterizedTest(name = "type {0} of {1}")
    @CsvSource(
            textBlock =
                    """
            1,  000080,               SetChunkSize of 3 bytes
            1,  '',                   SetChunkSize of 0 bytes
            2,  000000,               Abort of 3 bytes
            3,  000000,               Acknowledgement of 3 bytes
            4,  '',                   UserControl of 0 bytes
            4,  00,                   UserControl of 1 bytes
            4,  0000,                 UserControl event 0 of 0 bytes
            4,  0000 000000,          UserControl event 0 of 3 bytes
            4,  0001 000000,          UserControl event 1 of 3 bytes
            4,  0002 000000,          UserControl event 2 of 3 bytes
            4,  0003 00000001,        UserControl event 3 of 4 bytes
            4,  0003 00000001000000,  UserControl event 3 of 7 bytes
            4,  0004 000000,          UserControl event 4 of 3 bytes
            4,  0006 000000,          UserControl event 6 of 3 bytes
            4,  0007 000000,          UserControl event 7 of 3 bytes
            5,  000000,               WindowAcknowledgementSize of 3 bytes
            6,  002625,               SetPeerBandwidth of 3 bytes
            20, '',                   command name is missing
            20, 05,                   not a string
            20, 003ff0000000000000,   not a string
            20, 0200 ,                AMF0 string
            20, 020001 61 00 3ff0,    AMF0 number
            20, 020001 61 0e,         reserved AMF0 marker 14
            17, '',                   command name is missing
            17, 00,                   command name is missing
            17, 00 11 0401,           not a string
            """)
    void refuses(int typeId, String body, String reason) {
        MalformedException e = assertThrows(MalformedException.class, () -> parse(typeId, body));
        assertTrue(e.getMessage().contains(reason), e.getMessage());
    }

    @Test
    void obeysTheLimitsOfAmf() {
        AmfLimits two = new AmfLimits(1, 2, 10);
        assertThrows(MalformedException.class, () -> RtmpMessage.parse(message(20, CREATE_STREAM_RESULT), two));
        assertThrows(MalformedException.class, () -> RtmpMessage.parse(message(17, "00" + CREATE_STREAM_RESULT), two));
    }

    @Test
    void readsArgumentsInAmf3AsIfTheyWereInAmf0() throws Exception {
        Command command = (Command) parse(17, "00 0200077075626c697368 004014000000000000 05 11 0603 61 020001 62");
        assertEquals("publish", command.name());
        assertEquals(5, command.transactionId());
        assertEquals(3, command.arguments().size());
        assertEquals("a", command.string(1).orElseThrow());
        assertEquals("b", command.string(2).orElseThrow());
    }

    @Test
    void readsConnectWithItsObjectInAmf3() throws Exception {
        Command command = (Command) parse(17, "00 020007636f6e6e656374 003ff0000000000000 11 0a0b01 07617070 06096c697665 01");
        assertEquals("live", command.properties(0).orElseThrow().string("app").orElseThrow());
    }

    @Test
    void handsOnThePayloadOfMedia() throws Exception {
        for (int typeId : new int[] {8, 9, 18}) {
            ChunkMessage message = message(typeId, "cafe");
            assertSame(message.payload(), ((MediaMessage) RtmpMessage.parse(message, AmfLimits.DEFAULT)).payload());
        }
    }

    @Test
    void everyOtherTypeIsUnknown() throws Exception {
        Set<Integer> known = Set.of(1, 2, 3, 4, 5, 6, 8, 9, 15, 17, 18, 20, 22);
        for (int typeId = 0; typeId < 256; typeId++) {
            if (!known.contains(typeId)) {
                UnknownMessage unknown = (UnknownMessage) parse(typeId, "cafe");
                assertEquals(typeId, unknown.typeId());
                assertEquals(typeId == 16 || typeId == 19, unknown.isSharedObject());
            }
        }
    }

    @Test
    void aCommandGivesArgumentsOfTheirTypeOnly() {
        AmfObject object = AmfObject.builder().put("a", "b").build();
        AmfNumber infinite = new AmfNumber(Double.NEGATIVE_INFINITY);
        List<AmfValue> arguments =
                List.of(object, new AmfString("text"), new AmfNumber(7), new AmfNumber(Double.NaN), infinite, new AmfBoolean(true));
        Command command = new Command("a", 0, arguments);
        assertEquals(object, command.properties(0).orElseThrow());
        assertEquals("text", command.string(1).orElseThrow());
        assertEquals(7, command.number(2).orElseThrow());
        for (int index : new int[] {3, 4, 5, 6, 7}) {
            assertTrue(command.number(index).isEmpty());
            assertTrue(command.string(index).isEmpty());
            assertTrue(command.properties(index).isEmpty());
        }
        assertTrue(command.string(0).isEmpty() && command.number(0).isEmpty());
        assertTrue(command.properties(1).isEmpty() && command.number(1).isEmpty());
        assertTrue(command.properties(2).isEmpty() && command.string(2).isEmpty());
    }

    @Test
    void aCommandKeepsItsOwnList() {
        List<AmfValue> arguments = new ArrayList<>(List.of(AmfConstant.NULL));
        Command command = new Command("a", 0, arguments);
        arguments.clear();
        assertEquals(Command.of("a", 0), command);
        assertThrows(UnsupportedOperationException.class, () -> command.arguments().clear());
    }

    @Test
    void nothingIsNull() {
        assertThrows(NullPointerException.class, () -> new Command(null, 0, List.of()));
        assertThrows(NullPointerException.class, () -> new Command("a", 0, null));
        assertThrows(NullPointerException.class, () -> new MediaMessage(null, new byte[0]));
        assertThrows(NullPointerException.class, () -> new MediaMessage(MediaKind.AUDIO, null));
        assertThrows(NullPointerException.class, () -> new UnknownMessage(0, null));
        assertThrows(NullPointerException.class, () -> new Aggregate(null, 0));
    }

    private static RtmpMessage parse(int typeId, String body) throws MalformedException {
        return RtmpMessage.parse(message(typeId, body), AmfLimits.DEFAULT);
    }

    private static ChunkMessage message(int typeId, String body) {
        return new ChunkMessage(3, 0, typeId, 0, TrackedBuffers.bytes(body));
    }

    /** Arrays in records are compared by identity; so by hand. */
    private static void assertSameMessage(RtmpMessage expected, RtmpMessage actual) {
        assertEquals(expected.typeId(), actual.typeId());
        if (expected instanceof MediaMessage media) {
            assertEquals(media.kind(), ((MediaMessage) actual).kind());
            assertArrayEquals(media.payload(), ((MediaMessage) actual).payload());
        } else if (expected instanceof UnknownMessage unknown) {
            assertEquals(HexFormat.of().formatHex(unknown.payload()), HexFormat.of().formatHex(((UnknownMessage) actual).payload()));
        } else {
            assertEquals(expected, actual);
        }
    }
}
