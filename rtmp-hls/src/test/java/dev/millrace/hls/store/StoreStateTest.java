package dev.millrace.hls.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.media.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.zip.CRC32;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class StoreStateTest {

    private static final ObjectName NAME = ObjectName.segment("0123456789ab", 17, "ts");
    private static final ObjectName OTHER = ObjectName.segment("ffffffffffff", 0, "ts");

    private static Bytes ascii(String text) {
        return Bytes.takeOver(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** A header as written by hand: the checksum is the CRC-32 of what follows, from version 2 on with the version in front. */
    private static Bytes withHeader(int version, String body) {
        CRC32 checksum = new CRC32();
        if (version > 1) {
            checksum.update(version);
        }
        checksum.update(body.getBytes(StandardCharsets.US_ASCII));
        return ascii(String.format(Locale.ROOT, "millrace-hls-state %d %08x\n%s", version, checksum.getValue(), body));
    }

    private static Set<ObjectName> retained(Bytes encoded) {
        return StoreState.decode(encoded).orElseThrow().retained();
    }

    @Test
    void writesTheNamesInFrontOfTheBytes() {
        assertEquals(withHeader(2, "0123456789ab-17.ts\n\nbytes\n\n"), new StoreState(ascii("bytes\n\n"), Set.of(NAME)).encode());
        assertEquals(withHeader(2, "\n"), new StoreState(Bytes.EMPTY, Set.of()).encode());
    }

    @Property
    void decodesWhatItEncodes(@ForAll("states") StoreState state) {
        assertEquals(Optional.of(state), StoreState.decode(state.encode()));
    }

    @Property
    void findsEachChangedByte(@ForAll("states") StoreState state, @ForAll @IntRange(min = 1, max = 255) int change, @ForAll long where) {
        byte[] encoded = state.encode().toByteArray();
        encoded[Math.floorMod(where, encoded.length)] ^= (byte) change;
        assertEquals(Optional.empty(), StoreState.decode(Bytes.takeOver(encoded)));
    }

    @Provide
    Arbitrary<StoreState> states() {
        Arbitrary<ObjectName> names = Combinators.combine(
                        Arbitraries.of(ObjectName.Kind.class), Arbitraries.longs().greaterOrEqual(0), Arbitraries.of("ts", "m4s"))
                .as((kind, serial, extension) -> new ObjectName(kind, "0123456789ab", serial, extension));
        return Combinators.combine(Arbitraries.bytes().array(byte[].class).ofMaxSize(200), names.set().ofMaxSize(5))
                .as((bytes, retained) -> new StoreState(Bytes.takeOver(bytes), retained));
    }

    @Test
    void readsTheFormWithoutNames() {
        String text = "{\"uri\":\"0123456789ab-17.ts\"},ffffffffffff-0.ts\n0123456789ab-17.ts";
        assertEquals(Optional.of(new StoreState(ascii(text), Set.of(NAME, OTHER))), StoreState.decode(withHeader(1, text)));
        assertEquals(Set.of(), retained(withHeader(1, "")));
        assertEquals(Set.of(),
                retained(withHeader(1, "00123456789ab-17.ts 0123456789ab-17.tsx 0123456789ab-017.ts z0123456789ab-17.ts")));
    }

    @Test
    void refusesOtherFormsAndBrokenNames() {
        for (String body : new String[] {"", "0123456789ab-17.ts", "0123456789ab-17.ts\n", "x\n\n", "0123456789ab-17.ts\r\n\n"}) {
            assertEquals(Optional.empty(), StoreState.decode(withHeader(2, body)), body);
        }
        assertEquals(Optional.empty(), StoreState.decode(withHeader(3, "\n")));
        assertEquals(Optional.empty(), StoreState.decode(Bytes.EMPTY));
        assertEquals(Optional.empty(), StoreState.decode(withHeader(1, "x".repeat(StoreState.MAX_BYTES + 1))));
        assertEquals(Optional.empty(), StoreState.decode(withHeader(2, "\n" + "x".repeat(StoreState.MAX_BYTES + 1))));
    }

    @Test
    void hasLimits() {
        Set<ObjectName> most = LongStream.range(0, StoreState.MAX_RETAINED)
                .mapToObj(i -> ObjectName.initialization("0123456789ab", Long.MAX_VALUE - i, "abcdefgh"))
                .collect(Collectors.toSet());
        StoreState largest = new StoreState(Bytes.takeOver(new byte[StoreState.MAX_BYTES]), most);
        assertEquals(StoreState.MAX_ENCODED_BYTES, largest.encode().size());
        assertEquals(Optional.of(largest), StoreState.decode(largest.encode()));

        Bytes tooLong = Bytes.takeOver(new byte[StoreState.MAX_BYTES + 1]);
        assertEquals("state of 1048577 bytes exceeds 1048576",
                assertThrows(IllegalArgumentException.class, () -> new StoreState(tooLong, Set.of())).getMessage());
        most.add(NAME);
        assertEquals("state with 65537 retained objects exceeds 65536",
                assertThrows(IllegalArgumentException.class, () -> new StoreState(Bytes.EMPTY, most)).getMessage());
    }
}
