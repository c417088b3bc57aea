package dev.millrace.hls.playlist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Looks at the text of a media playlist without the parser: invariants 1, 4, 5, 16, 20 and 21, and which key and which
 * initialization segment hold for which segment.
 */
public final class PlaylistSyntax {

    private static final List<String> HEADER = List.of(
            "#EXTM3U", "#EXT-X-VERSION", "#EXT-X-TARGETDURATION", "#EXT-X-PLAYLIST-TYPE", "#EXT-X-MEDIA-SEQUENCE",
            "#EXT-X-DISCONTINUITY-SEQUENCE", "#EXT-X-INDEPENDENT-SEGMENTS", "#EXT-X-ENDLIST");

    private static final List<String> OF_SEGMENTS =
            List.of("#EXT-X-DISCONTINUITY", "#EXT-X-KEY", "#EXT-X-MAP", "#EXT-X-PROGRAM-DATE-TIME", "#EXTINF");

    private static final List<String> REQUIRED = List.of(
            "#EXT-X-VERSION", "#EXT-X-TARGETDURATION", "#EXT-X-MEDIA-SEQUENCE", "#EXT-X-DISCONTINUITY-SEQUENCE");

    private PlaylistSyntax() {}

    /** Throws an AssertionError that names the invariant. */
    public static void check(String text) {
        assertTrue(text.startsWith("#EXTM3U\n"), "invariant 1: first line");
        assertTrue(text.endsWith("\n"), "invariant 1: last line");
        assertTrue(text.chars().allMatch(c -> c == '\n' || c >= ' ' && c <= '~'), "invariant 1: LF, no BOM, no control characters");
        List<String> lines = text.lines().toList();
        assertFalse(lines.contains(""), "invariant 1: empty line");
        Map<String, Integer> counts = new HashMap<>();
        lines.forEach(line -> counts.merge(tag(line), 1, Integer::sum));
        HEADER.forEach(tag -> assertTrue(counts.getOrDefault(tag, 0) <= 1, "invariant 1: " + tag + " more than once"));
        REQUIRED.forEach(tag -> assertTrue(counts.containsKey(tag), tag));
        assertEquals(Set.of(), unknown(counts.keySet()), "invariant 21: tags that no player of today knows");
        checkDurations(lines);
        checkType(lines);
    }

    /** What is neither a URI nor a tag that the version of today has (draft-pantos-hls-rfc8216bis, 4.4; it lists those removed in 7). */
    private static Set<String> unknown(Set<String> tags) {
        Set<String> unknown = new TreeSet<>(tags);
        unknown.removeIf(tag -> !tag.startsWith("#") || HEADER.contains(tag) || OF_SEGMENTS.contains(tag));
        return unknown;
    }

    private static void checkDurations(List<String> lines) {
        BigDecimal target = new BigDecimal(value(lines, "#EXT-X-TARGETDURATION"));
        int needed = 1;
        for (String line : lines) {
            if (line.contains(",IV=")) {
                needed = Math.max(needed, 2);
            }
            if (line.startsWith("#EXT-X-MAP:")) {
                needed = 6;
            }
            if (line.startsWith("#EXTINF:")) {
                assertTrue(line.matches("#EXTINF:[0-9]+\\.[0-9]{5,6},"), line);
                BigDecimal seconds = new BigDecimal(line.substring(8, line.length() - 1));
                assertTrue(seconds.signum() > 0, "invariant 5: " + line);
                assertTrue(seconds.compareTo(target.add(new BigDecimal("0.5"))) < 0, "invariant 4: " + line + " with target " + target);
                needed = Math.max(needed, seconds.compareTo(target) > 0 ? 6 : 3);
            }
        }
        int version = Integer.parseInt(value(lines, "#EXT-X-VERSION"));
        assertEquals(Math.max(needed, 3), version, "invariant 20: version");
    }

    private static void checkType(List<String> lines) {
        long types = lines.stream().filter(line -> line.startsWith("#EXT-X-PLAYLIST-TYPE")).count();
        assertEquals(types, lines.stream().filter(line -> line.matches("#EXT-X-PLAYLIST-TYPE:(EVENT|VOD)")).count(), "invariant 16: type");
        boolean isLast = !lines.contains("#EXT-X-ENDLIST") || lines.get(lines.size() - 1).equals("#EXT-X-ENDLIST");
        assertTrue(isLast, "invariant 15: something after the end");
    }

    /** The tag line of the key that holds for each segment, in order; {@code METHOD=NONE} where none does (invariant 19). */
    public static List<String> keys(String text) {
        String none = "#EXT-X-KEY:METHOD=NONE";
        String[] key = {none};
        return text.lines()
                .peek(line -> key[0] = line.startsWith("#EXT-X-KEY:") ? line : key[0])
                .filter(line -> !line.startsWith("#"))
                .map(uri -> key[0])
                .toList();
    }

    /**
     * The tag line of the initialization segment of each segment, in order, behind that of the key that it is encrypted with; empty where
     * none is needed.
     */
    public static List<String> initializations(String text) {
        String[] key = {"#EXT-X-KEY:METHOD=NONE"};
        String[] initialization = {""};
        return text.lines()
                .peek(line -> key[0] = line.startsWith("#EXT-X-KEY:") ? line : key[0])
                .peek(line -> initialization[0] = line.startsWith("#EXT-X-MAP:") ? key[0] + line : initialization[0])
                .filter(line -> !line.startsWith("#"))
                .map(uri -> initialization[0])
                .toList();
    }

    private static String value(List<String> lines, String tag) {
        return lines.stream().filter(line -> tag(line).equals(tag)).findFirst().orElseThrow().substring(tag.length() + 1);
    }

    private static String tag(String line) {
        int colon = line.indexOf(':');
        return colon < 0 ? line : line.substring(0, colon);
    }
}
