package dev.millrace.amf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.millrace.flv.testkit.TrackedBuffers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One table of values and their bytes, by hand from AMF 0, section 2, or captured from clients: each row is read and
 * written.
 */
class AmfGoldenTest {

    private final TrackedBuffers buffers = new TrackedBuffers();

    @AfterEach
    void nothingIsHeld() {
        buffers.close();
    }

    static Stream<Arguments> bodies() {
        List<Arguments> rows = new ArrayList<>();
        addScalars(rows);
        addContainers(rows);
        addClientBodies(rows);
        addServerBodies(rows);
        return rows.stream();
    }

    private static void addScalars(List<Arguments> rows) {
        rows.add(row("number 1", "00 3ff0000000000000", new AmfNumber(1)));
        rows.add(row("number -0", "00 8000000000000000", new AmfNumber(-0.0)));
        rows.add(row("not a number", "00 7ff8000000000000", new AmfNumber(Double.NaN)));
        rows.add(row("infinity", "00 7ff0000000000000", new AmfNumber(Double.POSITIVE_INFINITY)));
        rows.add(row("minus infinity", "00 fff0000000000000", new AmfNumber(Double.NEGATIVE_INFINITY)));
        rows.add(row("number 1e300", "00 7e37e43c8800759c", new AmfNumber(1e300)));
        rows.add(row("number -1", "00 bff0000000000000", new AmfNumber(-1)));
        rows.add(row("true", "01 01", new AmfBoolean(true)));
        rows.add(row("false", "01 00", new AmfBoolean(false)));
        rows.add(row("string", "02 0001 61", new AmfString("a")));
        rows.add(row("empty string", "02 0000", new AmfString("")));
        rows.add(row("characters of 2, 3 and 4 bytes", "02 0009 c3a9 e282ac f09f9880", new AmfString("\u00e9\u20ac\ud83d\ude00")));
        rows.add(row("string with NUL and line break", "02 0004 61000d0a", new AmfString("a\0\r\n")));
        rows.add(row("string of 65535 bytes", "02 ffff" + "61".repeat(65535), new AmfString("a".repeat(65535))));
        rows.add(row("string of 65536 bytes", "0c 00010000" + "61".repeat(65536), new AmfString("a".repeat(65536))));
        rows.add(row("null", "05", AmfConstant.NULL));
        rows.add(row("undefined", "06", AmfConstant.UNDEFINED));
        rows.add(row("unsupported", "0d", AmfConstant.UNSUPPORTED));
        rows.add(row("date of the epoch", "0b 0000000000000000 0000", new AmfDate(0, 0)));
        rows.add(row("date west of Greenwich", "0b 408f400000000000 ffc4", new AmfDate(1000, -60)));
        rows.add(row("XML document", "0f 00000004 3c612f3e", new AmfXmlDocument("<a/>")));
    }

    private static void addContainers(List<Arguments> rows) {
        AmfNumber one = new AmfNumber(1);
        rows.add(row("empty object", "03 000009", AmfObject.builder().build()));
        rows.add(row("object in object", "03 0001 61 03 000009 000009", AmfObject.builder().put("a", AmfObject.builder().build()).build()));
        rows.add(row("empty name", "03 0000 05 000009", AmfObject.builder().put("", AmfConstant.NULL).build()));
        rows.add(row("order of the wire", "03 0001 62 0100 0001 61 0101 000009", AmfObject.builder().put("b", false).put("a", true).build()));
        rows.add(row("empty ECMA array", "08 00000000 000009", AmfEcmaArray.builder().build()));
        rows.add(row("ECMA array", "08 00000001 0001 61 02 0001 62 000009", AmfEcmaArray.builder().put("a", "b").build()));
        rows.add(row("typed object", "10 0001 43 0001 61 05 000009", AmfTypedObject.of("C", Map.of("a", AmfConstant.NULL))));
        rows.add(row("empty strict array", "0a 00000000", new AmfStrictArray(List.of())));
        rows.add(row("strict array", "0a 00000001 00 3ff0000000000000", new AmfStrictArray(List.of(one))));
        rows.add(row("reference to the array around it", "0a 00000001 07 0000", new AmfStrictArray(List.of(new AmfReference(0)))));
        rows.add(row(
                "reference to each kind that counts",
                "03 000009 10 0000 000009 08 00000000 000009 0a 00000000 07 0003",
                AmfObject.builder().build(),
                AmfTypedObject.of("", Map.of()),
                AmfEcmaArray.builder().build(),
                new AmfStrictArray(List.of()),
                new AmfReference(3)));
    }

    private static void addClientBodies(List<Arguments> rows) {
        rows.add(row(
                "ffmpeg connect",
                "020007636f6e6e656374003ff00000000000000300036170700200096c6976652f696e737400047479706502000a6e6f6e70726976617465"
                        + "0008666c617368566572020024464d4c452f332e302028636f6d70617469626c653b204c61766635392e32372e31303029"
                        + "0005746355726c02002072746d703a2f2f3132372e302e302e313a31393335312f6c6976652f696e7374000009",
                new AmfString("connect"),
                new AmfNumber(1),
                AmfObject.builder()
                        .put("app", "live/inst")
                        .put("type", "nonprivate")
                        .put("flashVer", "FMLE/3.0 (compatible; Lavf59.27.100)")
                        .put("tcUrl", "rtmp://127.0.0.1:19351/live/inst")
                        .build()));
        rows.add(row(
                "ffmpeg releaseStream",
                "02000d72656c6561736553747265616d004000000000000000050200116b65793f746f6b656e3d612f6226783d31",
                command("releaseStream", 2, AmfConstant.NULL, new AmfString("key?token=a/b&x=1"))));
        rows.add(row(
                "ffmpeg FCPublish",
                "02000946435075626c697368004008000000000000050200116b65793f746f6b656e3d612f6226783d31",
                command("FCPublish", 3, AmfConstant.NULL, new AmfString("key?token=a/b&x=1"))));
        rows.add(row("ffmpeg createStream", "02000c63726561746553747265616d00401000000000000005", command("createStream", 4, AmfConstant.NULL)));
        rows.add(row(
                "ffmpeg publish",
                "0200077075626c697368004014000000000000050200116b65793f746f6b656e3d612f6226783d310200046c697665",
                command("publish", 5, AmfConstant.NULL, new AmfString("key?token=a/b&x=1"), new AmfString("live"))));
        rows.add(row(
                "rtmp2sink connect",
                "020007636f6e6e656374003ff00000000000000300036170700200096c6976652f696e737400047479706502000a6e6f6e70726976617465"
                        + "0008666c61736856657202000e4c4e582031302c302c33322c3138"
                        + "0005746355726c02002072746d703a2f2f3132372e302e302e313a31393335322f6c6976652f696e7374000009",
                new AmfString("connect"),
                new AmfNumber(1),
                AmfObject.builder()
                        .put("app", "live/inst")
                        .put("type", "nonprivate")
                        .put("flashVer", "LNX 10,0,32,18")
                        .put("tcUrl", "rtmp://127.0.0.1:19352/live/inst")
                        .build()));
        rows.add(row(
                "rtmp2sink publish",
                "0200077075626c6973680000000000000000000502000c6b65793f746f6b656e3d61620200046c697665",
                command("publish", 0, AmfConstant.NULL, new AmfString("key?token=ab"), new AmfString("live"))));
    }

    private static void addServerBodies(List<Arguments> rows) {
        rows.add(row(
                "connect _result",
                "0200075f726573756c74003ff0000000000000030006666d7356657202000d464d532f332c302c312c313233"
                        + "000c6361706162696c697469657300403f0000000000000000090300056c6576656c020006737461747573"
                        + "0004636f646502001d4e6574436f6e6e656374696f6e2e436f6e6e6563742e53756363657373"
                        + "000b6465736372697074696f6e020015436f6e6e656374696f6e207375636365656465642e"
                        + "000e6f626a656374456e636f64696e67000000000000000000000009",
                command(
                        "_result",
                        1,
                        AmfObject.builder().put("fmsVer", "FMS/3,0,1,123").put("capabilities", 31).build(),
                        AmfObject.builder()
                                .put("level", "status")
                                .put("code", "NetConnection.Connect.Success")
                                .put("description", "Connection succeeded.")
                                .put("objectEncoding", 0)
                                .build())));
        rows.add(row(
                "createStream _result",
                "0200075f726573756c7400401000000000000005003ff0000000000000",
                command("_result", 4, AmfConstant.NULL, new AmfNumber(1))));
        rows.add(row(
                "Publish.Start",
                "0200086f6e537461747573000000000000000000050300056c6576656c020006737461747573"
                        + "0004636f64650200174e657453747265616d2e5075626c6973682e5374617274000b6465736372697074696f6e0200026f6b000009",
                command("onStatus", 0, AmfConstant.NULL, status("status", "NetStream.Publish.Start", "ok"))));
        rows.add(row(
                "BadName",
                "0200086f6e537461747573000000000000000000050300056c6576656c0200056572726f72"
                        + "0004636f64650200194e657453747265616d2e5075626c6973682e4261644e616d65"
                        + "000b6465736372697074696f6e020006696e20757365000009",
                command("onStatus", 0, AmfConstant.NULL, status("error", "NetStream.Publish.BadName", "in use"))));
        rows.add(row(
                "ReconnectRequest",
                "0200086f6e53746174757300000000000000000005030005746355726c0200052f6c697665"
                        + "0004636f64650200264e6574436f6e6e656374696f6e2e436f6e6e6563742e5265636f6e6e65637452657175657374"
                        + "000b6465736372697074696f6e0200017800056c6576656c020006737461747573000009",
                command(
                        "onStatus",
                        0,
                        AmfConstant.NULL,
                        AmfObject.builder()
                                .put("tcUrl", "/live")
                                .put("code", "NetConnection.Connect.ReconnectRequest")
                                .put("description", "x")
                                .put("level", "status")
                                .build())));
        rows.add(row(
                "|RtmpSampleAccess",
                "0200117c52746d7053616d706c65416363657373 0101 0101",
                new AmfString("|RtmpSampleAccess"),
                new AmfBoolean(true),
                new AmfBoolean(true)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void reads(String name, String wire, List<AmfValue> values) throws Exception {
        assertEquals(values, AmfWire.read(wire));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void writes(String name, String wire, List<AmfValue> values) {
        ByteBuf out = buffers.hex("cafe");
        try {
            Amf0Writer.writeAll(values, out);
            assertEquals("cafe" + wire.replace(" ", ""), ByteBufUtil.hexDump(out));
        } finally {
            out.release();
        }
    }

    /** The order of properties, which {@code equals} leaves out: what was read is written as the same bytes. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void writesWhatItRead(String name, String wire, List<AmfValue> values) throws Exception {
        assertArrayEquals(TrackedBuffers.bytes(wire), AmfWire.write(AmfWire.read(wire)));
    }

    private static Arguments row(String name, String wire, AmfValue... values) {
        return arguments(name, wire, List.of(values));
    }

    private static AmfValue[] command(String name, double transactionId, AmfValue... arguments) {
        List<AmfValue> values = new ArrayList<>(List.of(new AmfString(name), new AmfNumber(transactionId)));
        values.addAll(List.of(arguments));
        return values.toArray(AmfValue[]::new);
    }

    private static AmfObject status(String level, String code, String description) {
        return AmfObject.builder().put("level", level).put("code", code).put("description", description).build();
    }
}
