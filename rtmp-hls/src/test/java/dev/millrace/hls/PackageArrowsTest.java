package dev.millrace.hls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.flv.testkit.PackageArrows;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PackageArrowsTest {

    /**
     * By the last part of the package; those of rtmp-flv are media, flv, amf and the codecs. Of Netty only buffers, which AMF is read from.
     * The root has nothing but a page.
     */
    private static final Map<String, Set<String>> ARROWS = Map.of(
            "ts", Set.of("segment", "media", "sample", "aac", "nal"),
            "playlist", Set.of("media"),
            "store", Set.of("media"),
            "crypto", Set.of(),
            "segment", Set.of("media", "sample", "amf"),
            "packager", Set.of("ts", "sample", "playlist", "segment", "store", "crypto", "media"),
            "origin", Set.of("packager", "playlist", "store", "crypto", "media"));

    @Test
    void packagesUseOnlyTheOnesBelowThem() {
        Map<String, Set<String>> unexpected = new TreeMap<>();
        Map<String, Set<String>> arrows = PackageArrows.of(Path.of("target", "classes"));
        arrows.forEach((from, targets) -> {
            Set<String> allowed = ARROWS.getOrDefault(last(from), Set.of());
            Set<String> extra = targets.stream().filter(to -> !allowed.contains(last(to))).collect(Collectors.toSet());
            if (!extra.isEmpty()) {
                unexpected.put(from, extra);
            }
        });
        assertEquals(Map.of(), unexpected);
        assertEquals(ARROWS.keySet(), arrows.keySet().stream().map(PackageArrowsTest::last).collect(Collectors.toSet()));
    }

    private static String last(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
