package dev.millrace.amf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.testkit.TrackedBuffers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the writer refuses and replaces. The bytes of each value are in {@link AmfGoldenTest}. */
class Amf0WriterTest {

    private final TrackedBuffers buffers = new TrackedBuffers();

    @AfterEach
    void nothingIsHeld() {
        buffers.close();
    }

    static List<AmfValue> longNames() {
        String name = "a".repeat(65534) + "\u00e9"; // 65535 characters, 65536 bytes
        return List.of(
                AmfObject.builder().put(name, 1).build(),
                AmfEcmaArray.builder().put("a", "b").put(name, 1).build(),
                AmfTypedObject.of(name, Map.of()),
                new AmfStrictArray(List.of(AmfConstant.NULL, AmfObject.builder().put(name, 1).build())));
    }

    @ParameterizedTest
    @MethodSource("longNames")
    void refusesANameOf65536BytesAndLeavesTheBufferAsItWas(AmfValue value) {
        ByteBuf out = buffers.hex("cafe");
        try {
            IllegalArgumentException e =
                    assertThrows(IllegalArgumentException.class, () -> Amf0Writer.writeAll(List.of(new AmfNumber(1), value), out));
            assertTrue(e.getMessage().contains("65536 bytes exceeds 65535"), e.getMessage());
            assertEquals("cafe", ByteBufUtil.hexDump(out));
        } finally {
            out.release();
        }
    }

    @Test
    void writesANameOf65535Bytes() {
        String name = "a".repeat(65535);
        assertEquals("03ffff" + "61".repeat(65535) + "05000009", write(AmfObject.builder().put(name, AmfConstant.NULL).build()));
    }

    @Test
    void choosesTheStringByItsBytesNotItsCharacters() {
        String text = "a".repeat(65534) + "\u00e9";
        assertEquals("0c00010000" + "61".repeat(65534) + "c3a9", write(new AmfString(text)));
    }

    @Test
    void replacesUnpairedSurrogates() {
        assertEquals("020003613f62", write(new AmfString("a\ud800b")));
        assertEquals("0200013f", write(new AmfString("\udc00")));
        assertEquals("0300013f05000009", write(AmfObject.builder().put("\ud800", AmfConstant.NULL).build()));
    }

    @Test
    void writesEveryKindOfValue() {
        List<AmfValue> one = List.of(
                new AmfNumber(0),
                new AmfBoolean(false),
                new AmfString(""),
                AmfObject.builder().build(),
                AmfEcmaArray.builder().build(),
                AmfTypedObject.of("", Map.of()),
                new AmfStrictArray(List.of()),
                AmfConstant.NULL,
                AmfConstant.UNDEFINED,
                AmfConstant.UNSUPPORTED,
                new AmfDate(0, 0),
                new AmfXmlDocument(""),
                new AmfReference(0));
        Set<Class<?>> kinds = Stream.concat(
                        Stream.of(AmfValue.class.getPermittedSubclasses()).filter(kind -> kind != AmfProperties.class),
                        Stream.of(AmfProperties.class.getPermittedSubclasses()))
                .collect(Collectors.toSet());
        assertEquals(kinds, one.stream().map(AmfValue::getClass).collect(Collectors.toSet()));
        Set<String> markers = one.stream().map(value -> write(value).substring(0, 2)).collect(Collectors.toSet());
        assertEquals(one.size(), markers.size());
    }

    @Test
    void writesTheDeepestValueThatCanBeBuilt() {
        AmfValue value = AmfConstant.NULL;
        for (int i = 0; i < AmfValue.MAX_DEPTH; i++) {
            value = new AmfStrictArray(List.of(value));
        }
        assertEquals("0a00000001".repeat(AmfValue.MAX_DEPTH) + "05", write(value));
    }

    private static String write(AmfValue value) {
        return HexFormat.of().formatHex(AmfWire.write(List.of(value)));
    }
}
