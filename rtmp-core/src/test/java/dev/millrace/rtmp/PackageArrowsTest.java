package dev.millrace.rtmp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.flv.testkit.PackageArrows;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PackageArrowsTest {

    /** The arrows that the architecture has, by the last part of the package; the root package, of limits, is "rtmp". */
    private static final Map<String, Set<String>> ARROWS = Map.of(
            "rtmp", Set.of("amf"),
            "handshake", Set.of("rtmp"),
            "chunk", Set.of("rtmp", "media"),
            "message", Set.of("rtmp", "chunk", "amf", "media"),
            "session", Set.of("rtmp", "handshake", "chunk", "message", "amf", "media"),
            "stream", Set.of("rtmp", "chunk", "flv", "media"),
            "connection", Set.of("rtmp", "chunk", "message", "session", "stream", "flv", "amf", "media"),
            // Sessions, messages and tracks: a server that warms up is its own client and host.
            "server", Set.of("rtmp", "connection", "session", "message", "stream", "track", "media"));

    private static final Set<String> LOGGING = Set.of("stream", "connection", "server");

    @Test
    void packagesUseOnlyTheOnesBelowThem() {
        Map<String, Set<String>> unexpected = new TreeMap<>();
        Map<String, Set<String>> arrows = PackageArrows.of(Path.of("target", "classes"));
        arrows.forEach((from, targets) -> {
            Set<String> extra = targets.stream().filter(to -> !isAllowed(last(from), to)).collect(Collectors.toSet());
            if (!extra.isEmpty()) {
                unexpected.put(from, extra);
            }
        });
        assertEquals(Map.of(), unexpected);
        assertEquals(ARROWS.keySet(), arrows.keySet().stream().map(PackageArrowsTest::last).collect(Collectors.toSet()));
    }

    private static boolean isAllowed(String from, String to) {
        if (to.startsWith("io.netty.")) {
            return to.equals("io.netty.buffer") || from.equals("server");
        }
        if (to.startsWith("org.slf4j")) {
            return LOGGING.contains(from);
        }
        return ARROWS.getOrDefault(from, Set.of()).contains(last(to));
    }

    private static String last(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
