package dev.millrace.rtmp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.flv.testkit.CodecSwitches;
import dev.millrace.flv.testkit.PackageArrows;
import dev.millrace.media.Codec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
            "transport", Set.of("connection"),
            "warmup", Set.of("rtmp", "session", "message", "stream", "media"),
            "server", Set.of("rtmp", "connection", "transport", "warmup", "stream", "media"));

    private static final Set<String> LOGGING = Set.of("stream", "connection", "transport", "server");

    /** What the API of the server needs of Netty, and the bootstrap behind it. */
    private static final Set<String> SERVER_NETTY = Set.of(
            "io.netty.bootstrap",
            "io.netty.channel",
            "io.netty.channel.nio",
            "io.netty.channel.socket.nio",
            "io.netty.util",
            "io.netty.util.concurrent");

    /** The classes of package server that may use Netty's channels. */
    private static final Set<String> SERVER_CHANNELS = Set.of("RtmpServer.java", "ServerOptions.java", "WarmUpServer.java");

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

    @Test
    void onlyTheTableOfCodecsSwitchesOverThem() throws IOException {
        List<String> codecs = Arrays.stream(Codec.values()).map(Codec::name).toList();
        assertEquals(List.of(), CodecSwitches.in(Path.of("src", "main", "java"), codecs));
    }

    @Test
    void onlyTheBootstrapOfTheServerUsesChannels() throws IOException {
        Set<String> users = new TreeSet<>();
        try (Stream<Path> sources = Files.list(Path.of("src/main/java/dev/millrace/rtmp/server"))) {
            for (Path source : sources.toList()) {
                if (Files.readString(source).contains("io.netty.channel")) {
                    users.add(source.getFileName().toString());
                }
            }
        }
        assertEquals(new TreeSet<>(SERVER_CHANNELS), users);
    }

    private static boolean isAllowed(String from, String to) {
        if (to.startsWith("io.netty.")) {
            return to.equals("io.netty.buffer")
                    || from.equals("transport")
                    || from.equals("server") && SERVER_NETTY.contains(to);
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
