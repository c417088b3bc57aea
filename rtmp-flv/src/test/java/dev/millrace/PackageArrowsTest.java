package dev.millrace;

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

    private static final String ROOT = "dev.millrace.";

    /** The arrows that the architecture has. Netty's buffers may be used anywhere, its other packages nowhere here. */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            entry("media"),
            entry("bits", "media"),
            entry("amf", "media"),
            entry("codec.nal", "media", "bits"),
            entry("codec.*", "media", "bits", "codec.nal"),
            entry("codec", "media", "bits", "codec.nal", "codec.*"),
            entry("tag", "media", "codec", "codec.*"),
            entry("flv", "media", "amf", "codec", "tag"),
            entry("sample", "media", "amf", "codec", "codec.nal", "codec.*", "tag"),
            entry("track", "media", "sample"),
            entry("recording", "media", "amf", "flv"));

    private static Map.Entry<String, Set<String>> entry(String from, String... to) {
        return Map.entry(ROOT + from, Arrays.stream(to).map(ROOT::concat).collect(Collectors.toSet()));
    }

    @Test
    void packagesUseOnlyTheOnesBelowThem() {
        Map<String, Set<String>> unexpected = new TreeMap<>();
        PackageArrows.of(Path.of("target", "classes")).forEach((from, targets) -> {
            Set<String> allowed = ARROWS.getOrDefault(group(from), Set.of());
            Set<String> extra = targets.stream()
                    .filter(to -> !to.equals("io.netty.buffer") && !allowed.contains(group(to)))
                    .collect(Collectors.toSet());
            if (!extra.isEmpty()) {
                unexpected.put(from, extra);
            }
        });
        assertEquals(Map.of(), unexpected);
    }

    @Test
    void onlyTheTableOfCodecsSwitchesOverThem() throws IOException {
        List<String> codecs = Arrays.stream(Codec.values()).map(Codec::name).toList();
        assertEquals(List.of(), CodecSwitches.in(Path.of("src", "main", "java"), codecs));
    }

    /** The packages of codecs count as one, but for what those with NAL units share; none of them uses another. */
    private static String group(String name) {
        boolean ofOneCodec = name.startsWith("dev.millrace.codec.") && !name.equals("dev.millrace.codec.nal");
        return ofOneCodec ? "dev.millrace.codec.*" : name;
    }
}
