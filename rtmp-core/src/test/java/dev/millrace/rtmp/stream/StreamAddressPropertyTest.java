package dev.millrace.rtmp.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class StreamAddressPropertyTest {

    @Property(tries = 1000)
    void anyTwoStringsAreALegalNameOrRefused(@ForAll("texts") String app, @ForAll("texts") String name) {
        try {
            assertLegal(StreamAddress.parse(app, name).name());
        } catch (IllegalArgumentException refused) {
            // the only exception allowed
        }
    }

    private static void assertLegal(StreamName name) {
        String path = name.path();
        int bytes = path.getBytes(StandardCharsets.UTF_8).length;
        assertTrue(bytes >= 1 && bytes <= 512);
        assertEquals(path, new String(path.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
        assertFalse(path.chars().anyMatch(Character::isISOControl));
        assertFalse(path.contains("\\"));
        for (String segment : path.split("/", -1)) {
            assertFalse(List.of("", ".", "..").contains(segment), path);
        }
        assertEquals(path, name.app().isEmpty() ? name.key() : name.app() + "/" + name.key());
        assertEquals(name, new StreamName(path));
    }

    @Property(tries = 500)
    void whereAPathIsSplitDoesNotMatter(@ForAll("paths") List<String> segments, @ForAll @IntRange(max = 6) int place) {
        int at = Math.min(place, segments.size());
        String app = String.join("/", segments.subList(0, at));
        String name = String.join("/", segments.subList(at, segments.size()));
        assertEquals(String.join("/", segments), StreamAddress.parse(app, name).name().path());
    }

    @Provide
    Arbitrary<List<String>> paths() {
        return Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(9).list().ofMinSize(1).ofMaxSize(6);
    }

    /** Names made of the pieces that matter, and anything. */
    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> pieces = Arbitraries.of(
                "live", "a", "/", "//", ".", "..", "%2e", "%2F", "%00", "%5c", "%25", "%", "?", "t=1", "\\", "_definst_", "/_definst_",
                "日本", "%e6%97%a5", "%e6", "%ed%a0%80", "\ud800", "\udc00", "\u202e", "\0", "\r\n", "😀", "a".repeat(200));
        return Arbitraries.oneOf(pieces.list().ofMaxSize(8).map(list -> String.join("", list)), Arbitraries.strings().ofMaxLength(40));
    }
}
