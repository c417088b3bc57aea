package dev.millrace.examples.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The coded packets of a file or of a player, by track, as FFmpeg's framecrc shows them.
 *
 * @param tracks by name, which is the kind and its ordinal number: {@code video 0}
 */
public record Packets(Map<String, Track> tracks) {

    /** Whether the distances between the times of the packets were kept too. A GStreamer publisher makes times of its own. */
    enum Times {
        SAME,
        OF_THE_PUBLISHER
    }

    /** One packet, told from others by its size and checksum. */
    public record Packet(long dtsMillis, int size, String checksum, boolean key) {

        private Packet(String[] column) {
            this(
                    Long.parseLong(column[1]),
                    Integer.parseInt(column[4]),
                    column[5],
                    /* key= */ List.of(column).stream().noneMatch(field -> field.startsWith("F=") && !field.equals("F=0x1")));
        }

        public boolean hasContentOf(Packet other) {
            return size == other.size && checksum.equals(other.checksum);
        }
    }

    /** The codec, its configuration and the packets of one track. */
    public record Track(String codec, String extradata, List<Packet> packets) {}

    /** Has FFmpeg list the packets of a file. */
    public static Packets of(Tool ffmpeg, Path file) throws IOException, InterruptedException {
        Path listing = file.resolveSibling(file.getFileName() + ".framecrc");
        Path log = file.resolveSibling(file.getFileName() + ".log");
        try (RunningTool running = RunningTool.start(ffmpeg, log, List.of(
                "-v", "error", "-y", "-i", file.toString(), "-map", "0", "-c", "copy", "-f", "framecrc", listing.toString()))) {
            running.awaitSuccess();
        }
        return parse(listing);
    }

    /** Reads such a list. */
    static Packets parse(Path listing) throws IOException {
        Map<Integer, String> names = new TreeMap<>();
        Map<String, String> codecs = new TreeMap<>();
        Map<String, String> extradata = new TreeMap<>();
        Map<String, List<Packet>> packets = new LinkedHashMap<>();
        for (String line : Files.readAllLines(listing)) {
            String[] header = line.split("[ :]+", 3);
            switch (header[0]) {
                case "#media_type" -> names.put(Integer.valueOf(header[1]), nameAmong(names, header[2]));
                case "#codec_id" -> codecs.put(header[1], header[2]);
                case "#extradata" -> extradata.put(header[1], header[2]);
                default -> {
                    if (!line.startsWith("#")) {
                        String[] column = line.trim().split("\\s*,\\s*");
                        packets.computeIfAbsent(column[0], stream -> new ArrayList<>()).add(new Packet(column));
                    }
                }
            }
        }
        Map<String, Track> tracks = new TreeMap<>();
        names.forEach((stream, name) -> {
            String number = stream.toString();
            tracks.put(name, new Track(
                    codecs.get(number), extradata.getOrDefault(number, "none"), List.copyOf(packets.getOrDefault(number, List.of()))));
        });
        return new Packets(tracks);
    }

    private static String nameAmong(Map<Integer, String> names, String kind) {
        long before = names.values().stream().filter(name -> name.startsWith(kind)).count();
        return kind + " " + before;
    }

    /** Which part of a track arrived. */
    private record Part(int skipped, int missing) {}

    /** The same without other tracks. */
    Packets only(String... names) {
        Map<String, Track> some = new TreeMap<>(tracks);
        some.keySet().retainAll(List.of(names));
        return new Packets(some);
    }

    /** Checks that a player got everything from the first keyframe on. */
    void assertArrivedAt(Player player, Packets arrived, Times times) {
        Packet keyframe = tracks.get("video 0").packets.get(0);
        parts(player, arrived, times).forEach((name, part) -> {
            for (Packet packet : tracks.get(name).packets.subList(0, part.skipped)) {
                assertTrue(packet.dtsMillis < keyframe.dtsMillis, player + ": missing at the start of " + name + ": " + packet);
            }
        });
    }

    /** Checks that a player that joined late got everything from a keyframe on. */
    void assertEndArrivedAt(Player player, Packets arrived, Times times) {
        parts(player, arrived, times).forEach((name, part) ->
                assertTrue(part.skipped > 0, player + " joined late and got all packets of " + name));
    }

    /** Checks that each track of a file that was cut off holds the packets from the first one on, and some of them. */
    public void assertBegins(Packets whole) {
        assertEquals(whole.tracks.keySet(), tracks.keySet(), "tracks");
        tracks.forEach((name, track) -> {
            assertFalse(track.packets.isEmpty(), name + " is empty");
            for (int i = 0; i < track.packets.size(); i++) {
                assertTrue(track.packets.get(i).hasContentOf(whole.tracks.get(name).packets.get(i)), name + ": packet " + i);
            }
        });
    }

    private Map<String, Part> parts(Player player, Packets arrived, Times times) {
        assertEquals(tracks.keySet(), arrived.tracks.keySet(), player + ": tracks");
        Map<String, Part> parts = new TreeMap<>();
        tracks.forEach((name, sent) -> parts.put(name, part(player + ": " + name, sent, arrived.tracks.get(name), times)));
        int missing = parts.values().stream().mapToInt(Part::missing).sum();
        assertTrue(missing <= player.lostAtEnd(), player + ": " + missing + " packets are missing at the end");
        return parts;
    }

    private static Part part(String what, Track sent, Track arrived, Times times) {
        assertEquals(sent.codec, arrived.codec, what + ": codec");
        assertEquals(sent.extradata, arrived.extradata, what + ": configuration");
        assertFalse(arrived.packets.isEmpty(), what + ": nothing arrived");
        Packet first = arrived.packets.get(0);
        assertTrue(first.key, what + ": starts with " + first);
        int skipped = 0;
        while (skipped < sent.packets.size() && !sent.packets.get(skipped).hasContentOf(first)) {
            skipped++;
        }
        int missing = sent.packets.size() - skipped - arrived.packets.size();
        assertTrue(missing >= 0, what + ": " + arrived.packets.size() + " packets, of which the first left as number " + skipped);
        for (int i = 0; i < arrived.packets.size(); i++) {
            Packet left = sent.packets.get(skipped + i);
            Packet came = arrived.packets.get(i);
            assertTrue(left.hasContentOf(came), what + ": packet " + (skipped + i) + " left as " + left + " and came as " + came);
            if (times == Times.SAME) {
                long since = left.dtsMillis - sent.packets.get(skipped).dtsMillis;
                assertEquals(since, came.dtsMillis - first.dtsMillis, what + ": time of packet " + (skipped + i));
            }
        }
        return new Part(skipped, missing);
    }
}
