package dev.millrace.examples.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
record Packets(Map<String, Track> tracks) {

    /** Whether the distances between the times of the packets were kept too. A GStreamer publisher makes times of its own. */
    enum Times {
        SAME,
        OF_THE_PUBLISHER
    }

    /** One packet, told from others by its size and checksum. */
    record Packet(long dtsMillis, int size, String checksum, boolean key) {

        private Packet(String[] column) {
            this(
                    Long.parseLong(column[1]),
                    Integer.parseInt(column[4]),
                    column[5],
                    /* key= */ List.of(column).stream().noneMatch(field -> field.startsWith("F=") && !field.equals("F=0x1")));
        }

        boolean hasContentOf(Packet other) {
            return size == other.size && checksum.equals(other.checksum);
        }
    }

    /** The codec, its configuration and the packets of one track. */
    record Track(String codec, String extradata, List<Packet> packets) {}

    /** Has FFmpeg list the packets of a file. */
    static Packets of(Tool ffmpeg, Path file) throws IOException, InterruptedException {
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

    /** Checks that a player got everything. */
    void assertArrivedAt(String player, Packets arrived, Times times) {
        assertEquals(tracks.keySet(), arrived.tracks.keySet(), player + ": tracks");
        tracks.forEach((name, sent) -> assertEquals(
                sent.packets.size(), assertEnd(player + ": " + name, sent, arrived.tracks.get(name), times), player + ": packets of " + name));
    }

    /** Checks that a player that joined late got everything from a keyframe on, and not more than it could. */
    void assertEndArrivedAt(String player, Packets arrived, Times times) {
        assertEquals(tracks.keySet(), arrived.tracks.keySet(), player + ": tracks");
        tracks.forEach((name, sent) -> {
            int count = assertEnd(player + ": " + name, sent, arrived.tracks.get(name), times);
            assertTrue(count > 0 && count < sent.packets.size(), player + " joined late and got " + count + " packets of " + name);
        });
    }

    private static int assertEnd(String what, Track sent, Track arrived, Times times) {
        assertEquals(sent.codec, arrived.codec, what + ": codec");
        assertEquals(sent.extradata, arrived.extradata, what + ": configuration");
        int count = arrived.packets.size();
        int skipped = sent.packets.size() - count;
        assertTrue(count > 0 && skipped >= 0, what + ": " + count + " packets arrived of " + sent.packets.size());
        assertTrue(arrived.packets.get(0).key, what + ": starts with " + arrived.packets.get(0));
        Packet firstSent = sent.packets.get(skipped);
        Packet firstArrived = arrived.packets.get(0);
        for (int i = 0; i < count; i++) {
            Packet left = sent.packets.get(skipped + i);
            Packet came = arrived.packets.get(i);
            assertTrue(left.hasContentOf(came), what + ": packet " + (skipped + i) + " left as " + left + " and came as " + came);
            if (times == Times.SAME) {
                assertEquals(
                        left.dtsMillis - firstSent.dtsMillis, came.dtsMillis - firstArrived.dtsMillis, what + ": time of packet " + (skipped + i));
            }
        }
        return count;
    }
}
