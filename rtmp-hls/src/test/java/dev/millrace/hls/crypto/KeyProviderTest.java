package dev.millrace.hls.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyProviderTest {

    private static final byte[] SECRET = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");

    private static <T> T now(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static String hex(ContentKey key) {
        return HexFormat.of().formatHex(key.toByteArray());
    }

    @Test
    void randomKeysAreAllDifferent() {
        KeyProvider keys = KeyProvider.random();
        Set<String> ids = new HashSet<>();
        Set<String> values = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            ContentKey key = now(keys.next("rtmp/live/a", 0));
            ids.add(key.id());
            values.add(hex(key));
        }
        assertEquals(1_000, ids.size());
        assertEquals(1_000, values.size());
        assertEquals(Optional.empty(), now(keys.find("rtmp/live/a", ids.iterator().next())));
    }

    // Made with another implementation of HMAC-SHA-256.
    @Test
    void derivedKeysAreTheSameInEachLife() {
        KeyProvider keys = KeyProvider.derived(SECRET);
        assertEquals("934cc8821b2963caca092cedc8226da6", hex(now(keys.next("rtmp/live/a", 0))));
        assertEquals("e8fa51ca931dbd5151c3a43e1e2ed309", hex(now(keys.next("rtmp/live/a", 17))));
        assertEquals("e24f95e663f2d27492077fdc8f217089", hex(now(keys.next("rtmp/live/b", 0))));
        assertEquals("17", now(keys.next("rtmp/live/a", 17)).id());
        assertEquals(Optional.of(now(keys.next("rtmp/live/a", 17))), now(KeyProvider.derived(SECRET).find("rtmp/live/a", "17")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "017", "1x", "9223372036854775808", "99999999999999999999", "\u0661"})
    void derivedKeysHaveNumbers(String id) {
        assertEquals(Optional.empty(), now(KeyProvider.derived(SECRET).find("rtmp/live/a", id)));
    }

    @Test
    void refusesAShortSecretAndANegativeNumber() {
        assertThrows(IllegalArgumentException.class, () -> KeyProvider.derived(new byte[15]));
        assertThrows(IllegalArgumentException.class, () -> KeyProvider.derived(SECRET).next("rtmp/live/a", -1));
    }

    @Test
    void aKeyKeepsItsBytesToItself() {
        byte[] bytes = SECRET.clone();
        ContentKey key = new ContentKey("a-Z_0", bytes, Optional.of("https://keys.example/a?b=c"));
        bytes[0] = 99;
        key.toByteArray()[0] = 98;
        assertArrayEquals(SECRET, key.toByteArray());
        assertEquals(new ContentKey("a-Z_0", SECRET, Optional.of("https://keys.example/a?b=c")), key);
        assertNotEquals(new ContentKey("a-Z_0", SECRET), key);
        assertNotEquals(new ContentKey("a-Z_0", new byte[16], Optional.of("https://keys.example/a?b=c")), key);
        assertFalse(key.toString().contains("01"), key.toString());
        assertEquals(Optional.of("https://keys.example/a?b=c"), key.publicUri());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "..", "a b", "\u00e9", "a\n", "12345678901234567890123456789012345678901234567890123456789012345"})
    void refusesAnId(String id) {
        assertThrows(IllegalArgumentException.class, () -> new ContentKey(id, SECRET));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "https://x/\"", "https://x/\n", "https://x/ y", "https://x/\u0085"})
    void refusesAUri(String uri) {
        assertThrows(IllegalArgumentException.class, () -> new ContentKey("k", SECRET, Optional.of(uri)));
        assertThrows(IllegalArgumentException.class, () -> new ContentKey("k", new byte[17]));
    }
}
