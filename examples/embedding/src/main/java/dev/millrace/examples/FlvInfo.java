package dev.millrace.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.flv.FlvDamage;
import dev.millrace.flv.FlvReader;
import dev.millrace.flv.FlvTag;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import dev.millrace.sample.Demuxer;
import dev.millrace.sample.Sample;
import dev.millrace.track.AudioTrack;
import dev.millrace.track.StreamTracks;
import dev.millrace.track.Track;
import dev.millrace.track.VideoTrack;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the content of an FLV file: tracks, codecs, sizes, durations, counts and damage. */
@Command(name = "flv-info", description = "Tells what is in an FLV file.", mixinStandardHelpOptions = true, version = "Millrace flv-info 0.1.0-SNAPSHOT")
public final class FlvInfo implements Callable<Integer> {

    private static final int PIECE_BYTES = 64 << 10;

    /** Counters of one track. */
    private static final class Count {
        private long frames;
        private long keyframes;
        private long bytes;
        private long firstMicros = Long.MAX_VALUE;
        private long lastMicros = Long.MIN_VALUE;

        private void add(Sample sample) {
            frames++;
            keyframes += sample.kind() == MediaKind.VIDEO && sample.isRandomAccessPoint() ? 1 : 0;
            bytes += sample.size();
            firstMicros = Math.min(firstMicros, sample.decodeTimeMicros());
            lastMicros = Math.max(lastMicros, sample.decodeTimeMicros());
        }
    }

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The file.")
    private Path file;

    @Option(names = "--json", description = "Tells it as JSON.")
    private boolean json;

    private final StreamTracks tracks = new StreamTracks();
    private final Demuxer samples = new Demuxer(this::count);
    private final Map<String, Count> counts = new TreeMap<>();
    private long dataMessages;
    private long unreadable;

    /** Created for one command line. */
    FlvInfo() {}

    /**
     * Runs the command line and exits.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new FlvInfo()).execute(arguments));
    }

    /**
     * Runs the command line with the given output.
     *
     * @param out receives the facts
     * @param err receives errors
     * @param arguments see {@code --help}
     * @return the exit code
     */
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        return new CommandLine(new FlvInfo()).setOut(out).setErr(err).execute(arguments);
    }

    /**
     * Reads the file and prints its facts.
     *
     * @return 0, or 1 if the file cannot be read or is not FLV
     */
    @Override
    public Integer call() {
        ObjectNode facts;
        try {
            facts = facts(read());
        } catch (IOException e) {
            spec.commandLine().getErr().println(file + ": " + (e instanceof IOException ? e.toString() : e.getMessage()));
            return CommandLine.ExitCode.SOFTWARE;
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(facts.toPrettyString());
        } else {
            print(facts, out);
        }
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    private FlvReader read() throws IOException {
        FlvReader reader = new FlvReader();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] piece = new byte[PIECE_BYTES];
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                reader.append(Unpooled.wrappedBuffer(piece, 0, count));
                drain(reader);
            }
        }
        reader.end();
        drain(reader);
        return reader;
    }

    private void drain(FlvReader reader) throws MalformedException {
        for (Optional<FlvTag> tag = reader.read(); tag.isPresent(); tag = reader.read()) {
            try {
                count(tag.get().toFrame());
            } catch (MalformedException e) {
                unreadable++;
            }
        }
    }

    private void count(MediaFrame frame) {
        if (frame.kind() == MediaKind.DATA) {
            dataMessages++;
            return;
        }
        tracks.onFrame(frame);
        samples.onFrame(frame);
    }

    private void count(Sample sample) {
        counts.computeIfAbsent(key(sample.kind(), sample.trackId()), key -> new Count()).add(sample);
    }

    private static String key(MediaKind kind, int trackId) {
        return kind + " " + trackId;
    }

    private ObjectNode facts(FlvReader reader) {
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        facts.put("file", file.getFileName().toString());
        ArrayNode list = facts.putArray("tracks");
        for (Track track : tracks.tracks()) {
            ObjectNode node = list.addObject();
            MediaKind kind = track instanceof VideoTrack ? MediaKind.VIDEO : MediaKind.AUDIO;
            node.put("kind", kind == MediaKind.VIDEO ? "video" : "audio");
            node.put("track", track.trackId());
            if (track instanceof VideoTrack video) {
                add(video, node);
            } else if (track instanceof AudioTrack audio) {
                add(audio, node);
            }
            track.codecString().ifPresent(text -> node.put("codec_string", text));
            Optional.ofNullable(counts.get(key(kind, track.trackId()))).ifPresent(count -> add(count, node));
        }
        facts.put("data_messages", dataMessages);
        facts.put("unreadable_messages", unreadable);
        FlvDamage damage = reader.damage();
        facts.putObject("damage")
                .put("resyncs", damage.resyncs())
                .put("skipped_bytes", damage.skippedBytes())
                .put("wrong_back_pointers", damage.wrongBackPointers())
                .put("encrypted_tags", damage.encryptedTags())
                .put("truncated_tags", damage.truncatedTags());
        return facts;
    }

    private static void add(VideoTrack track, ObjectNode node) {
        node.put("codec", track.codec().codecName());
        track.profile().ifPresent(profile -> node.put("profile", profile));
        if (track.width() > 0) {
            node.put("width", track.width());
            node.put("height", track.height());
        }
        track.framesPerSecond().ifPresent(rate -> node.put("frame_rate", Math.round(rate * 1000) / 1000.0));
        track.kilobitsPerSecond().ifPresent(rate -> node.put("bitrate_kbps", rate));
        track.keyframeIntervalMillis().ifPresent(millis -> node.put("keyframe_interval_ms", millis));
    }

    private static void add(AudioTrack track, ObjectNode node) {
        node.put("codec", track.codec().codecName());
        if (track.sampleRateHz() > 0) {
            node.put("sample_rate", track.sampleRateHz());
            node.put("channels", track.channels());
        }
        track.kilobitsPerSecond().ifPresent(rate -> node.put("bitrate_kbps", rate));
    }

    private static void add(Count count, ObjectNode node) {
        node.put("frames", count.frames);
        node.put("keyframes", count.keyframes);
        node.put("bytes", count.bytes);
        node.put("duration_ms", (count.lastMicros - count.firstMicros) / 1_000);
    }

    private static void print(ObjectNode facts, PrintWriter out) {
        out.println(facts.get("file").asText());
        facts.get("tracks").forEach(track -> out.println("  " + line((ObjectNode) track)));
        out.println("  data messages " + facts.get("data_messages") + ", unreadable messages " + facts.get("unreadable_messages"));
        out.println("  damage: " + line((ObjectNode) facts.get("damage")));
    }

    private static String line(ObjectNode node) {
        StringBuilder line = new StringBuilder();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            line.append(line.length() == 0 ? "" : ", ").append(field.getKey().replace('_', ' ')).append(' ').append(field.getValue().asText());
        }
        return line.toString();
    }
}
