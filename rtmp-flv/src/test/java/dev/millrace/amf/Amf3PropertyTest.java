package dev.millrace.amf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.MalformedException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class Amf3PropertyTest {

    private static final AmfLimits LIMITS = new AmfLimits(/* maxDepth= */ 256, /* maxValues= */ 1 << 16, /* maxStringBytes= */ 1 << 17);
    private static final List<String> TEXTS = List.of("", "a", "b", "\0\r\n", "\u00e9\u20ac", "\ud83d\ude00", "name", "x".repeat(64));
    private static final int MAX_LEVELS = 5;

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void readsEachEncodingOfAValueAsThatValue(@ForAll("values") AmfValue value, @ForAll long seed) throws Exception {
        AmfValue read = read(encode(value, seed));
        assertEquals(value, read);
        assertEquals(value.hashCode(), read.hashCode());
        assertEquals(value.toString(), read.toString()); // also the order of members
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void noCutOfAValueIsAValue(@ForAll("values") AmfValue value, @ForAll long seed) {
        byte[] wire = encode(value, seed);
        for (int length = 0; length < wire.length; length++) {
            byte[] cut = Arrays.copyOf(wire, length);
            assertThrows(MalformedException.class, () -> read(cut));
        }
    }

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void aValueWithOneByteChangedIsReadOrRefused(@ForAll("values") AmfValue value, @ForAll long seed, @ForAll byte change) {
        byte[] wire = encode(value, seed);
        wire[(int) Math.floorMod(seed, (long) wire.length)] ^= change;
        readOrRefuse(wire);
    }

    @Property(tries = 1000)
    void anyBytesAreReadOrRefused(@ForAll byte[] wire) {
        readOrRefuse(wire);
    }

    /** Bytes that are more often markers and small headers get further than purely random ones. */
    @Property(tries = 3000)
    void anyMarkersAreReadOrRefused(@ForAll("markers") byte[] wire) {
        readOrRefuse(wire);
    }

    /** A message has no more than its budget after references are resolved, whatever they repeat. */
    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void whatIsReadIsWithinTheLimits(@ForAll("values") AmfValue value, @ForAll long seed) {
        AmfLimits few = new AmfLimits(/* maxDepth= */ 3, /* maxValues= */ 20, /* maxStringBytes= */ 128);
        try {
            AmfValue read = read(encode(value, seed), few);
            assertTrue(count(read) <= 20, read.toString());
            assertTrue(depth(read) <= 3, read.toString());
        } catch (MalformedException refused) {
            assertTrue(count(value) + unnamed(value) > 20 || depth(value) > 3, () -> value + ": " + refused.getMessage());
        }
    }

    @Provide
    Arbitrary<AmfValue> values() {
        return Arbitraries.randomValue(random -> new Values(random).value(/* level= */ 0));
    }

    @Provide
    Arbitrary<byte[]> markers() {
        return Arbitraries.frequencyOf(
                        Tuple.of(6, Arbitraries.bytes().between((byte) 0, (byte) 0x11)),
                        Tuple.of(1, Arbitraries.bytes()))
                .array(byte[].class)
                .ofMaxSize(60);
    }

    /** Makes values that AMF3 can express, with the same value in several places. Confined to one thread. */
    private static final class Values {

        private final Random random;
        private final List<AmfValue> made = new ArrayList<>();

        Values(Random random) {
            this.random = random;
        }

        AmfValue value(int level) {
            if (!made.isEmpty() && random.nextInt(4) == 0) {
                return made.get(random.nextInt(made.size()));
            }
            AmfValue value = level < MAX_LEVELS && random.nextInt(3) > 0 ? container(level + 1) : scalar();
            if (count(value) < 50) { // or what is shared would outgrow the limits
                made.add(value);
            }
            return value;
        }

        private AmfValue scalar() {
            List<Supplier<AmfValue>> kinds = List.of(
                    () -> new AmfNumber(random.nextInt() >> 3 + random.nextInt(29)),
                    () -> new AmfNumber(random.nextBoolean() ? random.nextGaussian() : -0.0),
                    () -> new AmfBoolean(random.nextBoolean()),
                    () -> new AmfString(text()),
                    () -> new AmfXmlDocument(text()),
                    () -> new AmfDate(random.nextInt(3), 0),
                    () -> AmfConstant.NULL,
                    () -> AmfConstant.UNDEFINED,
                    () -> AmfConstant.UNSUPPORTED);
            return kinds.get(random.nextInt(kinds.size())).get();
        }

        private AmfValue container(int level) {
            int kind = random.nextInt(4);
            if (kind == 0) {
                List<AmfValue> elements = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    elements.add(value(level));
                }
                return new AmfStrictArray(elements);
            }
            Map<String, AmfValue> members = new LinkedHashMap<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                members.put(text(), value(level));
            }
            return switch (kind) {
                case 1 -> AmfObject.of(members);
                case 2 -> AmfEcmaArray.of(members);
                default -> AmfTypedObject.of("C" + text(), members);
            };
        }

        private String text() {
            return TEXTS.get(random.nextInt(TEXTS.size()));
        }
    }

    private static List<AmfValue> members(AmfValue value) {
        if (value instanceof AmfStrictArray array) {
            return array.values();
        }
        return value instanceof AmfProperties properties ? List.copyOf(properties.properties().values()) : List.of();
    }

    private static int count(AmfValue value) {
        return 1 + members(value).stream().mapToInt(Amf3PropertyTest::count).sum();
    }

    /** The keys that a value may have besides its values, if it is encoded as a dictionary. */
    private static int unnamed(AmfValue value) {
        int keys = value instanceof AmfEcmaArray array ? array.properties().size() : 0;
        return keys + members(value).stream().mapToInt(Amf3PropertyTest::unnamed).sum();
    }

    private static int depth(AmfValue value) {
        boolean container = value instanceof AmfStrictArray || value instanceof AmfProperties;
        return container ? 1 + members(value).stream().mapToInt(Amf3PropertyTest::depth).max().orElse(0) : 0;
    }

    private static void readOrRefuse(byte[] wire) {
        AmfValue value;
        try {
            value = read(wire);
        } catch (MalformedException refused) {
            return; // the only exception allowed
        }
        assertTrue(value.toString().length() <= LogText.MAX_CHARS + 3);
        try {
            assertEquals(List.of(value), AmfWire.read(AmfWire.write(List.of(value)), LIMITS));
        } catch (MalformedException e) {
            throw new AssertionError(value + " is written so that it cannot be read", e);
        }
    }

    private static AmfValue read(byte[] wire) throws MalformedException {
        return read(wire, LIMITS);
    }

    private static AmfValue read(byte[] wire, AmfLimits limits) throws MalformedException {
        byte[] message = new byte[1 + wire.length];
        message[0] = Amf0Marker.AVM_PLUS;
        System.arraycopy(wire, 0, message, 1, wire.length);
        return AmfWire.readPrefix(message, limits, /* maxValues= */ 1).get(0);
    }

    private static byte[] encode(AmfValue value, long seed) {
        try (TrackedBuffers buffers = new TrackedBuffers()) {
            ByteBuf out = buffers.of();
            try {
                new Amf3Encoder(out, new Random(seed)).write(value);
                return ByteBufUtil.getBytes(out);
            } finally {
                out.release();
            }
        }
    }
}
