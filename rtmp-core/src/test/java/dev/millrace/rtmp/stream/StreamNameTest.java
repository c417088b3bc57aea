package dev.millrace.rtmp.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamNameTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            path,          app,      key,     public form
            test123,       '',       test123, rtmp/test123
            live/test123,  live,     test123, rtmp/live/test123
            a/b/c/d,       a/b/c,    d,       rtmp/a/b/c/d
            live/mp4:d,    live,     mp4:d,   rtmp/live/mp4:d
            live/a b,      live,     a b,     rtmp/live/a b
            live/...,      live,     ...,     rtmp/live/...
            live/%2e%2e,   live,     %2e%2e,  rtmp/live/%2e%2e
            live/日本語,   live,     日本語,  rtmp/live/日本語
            live/😀,       live,     😀,      rtmp/live/😀
            """, useHeadersInDisplayName = true)
    void hasAnApplicationAKeyAndAPublicForm(String path, String app, String key, String publicForm) {
        StreamName name = new StreamName(path);
        assertEquals(app, name.app());
        assertEquals(key, name.key());
        assertEquals(publicForm, name.publicForm());
        assertEquals(path, name.toString());
    }

    @ParameterizedTest(name = "{index}")
    @ValueSource(strings = {
        "/", "/a", "a/", "a//b", "//", ".", "..", "../a", "a/..", "a/../b", "a/./b", "a/.",
        "a\\b", "..\\a", "\\", "a\0b", "\0", "a\rb", "a\nb", "a\tb", "\u001b[31m", "a\u007fb", "a\u0085b",
        "a\u202eb", "\u2066a", "a\u200bb", "a\u00adb", "\ufeffa", "a\u2028b", "a\u2029b", "a\ud800b", "a\udc00", "a\udc00\ud800", "a\ufffdb",
    })
    void refuses(String path) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> new StreamName(path));
        assertTrue(e.getMessage().chars().allMatch(character -> character >= ' ' && character < 0x7F), e.getMessage());
    }

    @Test
    void countsBytesOfUtf8() {
        assertEquals(512, new StreamName("a".repeat(512)).path().length());
        assertEquals(170, new StreamName("a" + "/日".repeat(85) + "日".repeat(57)).path().length() - 58);
        assertRefused("", "stream name of 0 bytes, not 1 to 512");
        assertRefused("a".repeat(513), "stream name of 513 bytes, not 1 to 512");
        assertRefused("日".repeat(171), "stream name of 513 bytes, not 1 to 512");
        assertRefused("a".repeat(65_535), "stream name of 65535 bytes, not 1 to 512");
    }

    private static void assertRefused(String path, String reason) {
        assertEquals(reason, assertThrows(IllegalArgumentException.class, () -> new StreamName(path)).getMessage());
    }

    @Test
    void saysWhatIsWrongWithoutTheName() {
        assertRefused("live/secret\nkey", "stream name with the character U+000A");
        assertRefused("live/../secret", "stream name with the segment '..'");
        String reason = assertThrows(IllegalArgumentException.class, () -> StreamAddress.parse("live", "secret\u202ekey")).getMessage();
        assertFalse(reason.contains("secret"), reason);
    }

    @Test
    void comparesPaths() {
        assertEquals(new StreamName("live/a"), new StreamName("live/a"));
        assertFalse(new StreamName("live/a").equals(new StreamName("live/A")));
        assertThrows(NullPointerException.class, () -> new StreamName(null));
    }
}
