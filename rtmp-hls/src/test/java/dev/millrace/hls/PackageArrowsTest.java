package dev.millrace.hls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.flv.testkit.CodecSwitches;
import dev.millrace.flv.testkit.PackageArrows;
import dev.millrace.media.Codec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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

    @Test
    void onlyTheTableOfCodecsSwitchesOverThem() throws IOException {
        List<String> codecs = Arrays.stream(Codec.values()).map(Codec::name).toList();
        assertEquals(List.of(), CodecSwitches.in(Path.of("src", "main", "java"), codecs));
    }

    private static String last(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
