package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.flv.testkit.PackageArrows;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PackageArrowsTest {

    /** The arrows that the architecture has. Netty's buffers may be used anywhere, its other packages nowhere here. */
    private static final Map<String, Set<String>> ARROWS = Map.of(
            "dev.millrace.media", Set.of(),
            "dev.millrace.bits", Set.of("dev.millrace.media"),
            "dev.millrace.amf", Set.of("dev.millrace.media"),
            "dev.millrace.codec", Set.of("dev.millrace.bits", "dev.millrace.media"),
            "dev.millrace.flv", Set.of("dev.millrace.media", "dev.millrace.amf", "dev.millrace.codec"),
            "dev.millrace.track", Set.of("dev.millrace.media", "dev.millrace.flv", "dev.millrace.codec"),
            "dev.millrace.recording", Set.of("dev.millrace.media", "dev.millrace.amf", "dev.millrace.flv"));

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

    /** The codec packages count as one; none of them uses another, since each would then need a group of its own. */
    private static String group(String name) {
        return name.startsWith("dev.millrace.codec.") ? "dev.millrace.codec" : name;
    }
}
