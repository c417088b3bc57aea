package dev.millrace.liveserver.endtoend;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * What a player in a browser said of itself while it played.
 *
 * @param samples twice a second, from when it was made
 * @param stalls where it ran out of media after it had begun, by its own time in seconds
 * @param slow where it waited for frames with media in store: the machine had no time to decode them
 * @param errors those that it got over by itself
 * @param fatal those that it did not, behind which the page had it load anew
 */
record Playback(List<Sample> samples, List<Double> stalls, List<Double> slow, List<String> errors, List<String> fatal) {

    /** As the page takes them. */
    static final int SAMPLES_A_SECOND = 2;

    /** A machine that has much to do may show the same picture for a while; a player with nothing to play has a stall. */
    static final long NOTED_MILLIS = 3_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * One look.
     *
     * @param millis since the player was made
     * @param seconds its own time
     * @param playing whether it has begun, is not paused and has a frame to show
     * @param behindSeconds behind the wall clock; negative where it is not known
     */
    record Sample(
            long millis, double seconds, boolean playing, long frames, long dropped, long audioBytes, int width, int height, double behindSeconds) {}

    /** The players of a page by their names. */
    static Map<String, Playback> parse(String json) throws JsonProcessingException {
        return JSON.readValue(json, new TypeReference<Map<String, Playback>>() {});
    }

    Sample last() {
        return samples.get(samples.size() - 1);
    }

    /** From the first with a picture or sound on. */
    List<Sample> begun() {
        return samples.stream().dropWhile(sample -> !sample.playing).toList();
    }

    /** How long its time stood still, each time that it did, once it had begun. */
    List<Long> haltsMillis() {
        List<Long> halts = new ArrayList<>();
        if (begun().isEmpty()) {
            return halts;
        }
        Sample moved = begun().get(0);
        Sample before = moved;
        for (Sample sample : begun()) {
            if (sample.seconds > moved.seconds) {
                if (before != moved) {
                    halts.add(before.millis - moved.millis);
                }
                moved = sample;
            }
            before = sample;
        }
        if (before != moved) {
            halts.add(before.millis - moved.millis);
        }
        return halts;
    }

    /** The longest of them. */
    long longestHaltMillis() {
        return haltsMillis().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /** That it stood still once at most, for longer than a look takes, and not for long: a store ran empty while a publisher was away. */
    void assertWaitsOnce(int seconds) {
        assertTrue(haltsMillis().stream().filter(halt -> halt >= NOTED_MILLIS).count() <= 1, this::summary);
        assertTrue(longestHaltMillis() <= seconds * 1_000L, this::summary);
    }

    /** How much of its own time it played in each second since it began. */
    double rate() {
        Sample first = begun().get(0);
        return (last().seconds - first.seconds) * 1_000 / (last().millis - first.millis);
    }

    /** Whether a count rose in every period of so many seconds since it began. */
    boolean risesWithin(int seconds, ToLongFunction<Sample> count) {
        List<Sample> all = begun();
        int step = seconds * SAMPLES_A_SECOND;
        return all.size() > step
                && IntStream.range(0, all.size() - step).allMatch(i -> count.applyAsLong(all.get(i)) < count.applyAsLong(all.get(i + step)));
    }

    /** For people who read the log. */
    String summary() {
        if (begun().isEmpty()) {
            return "has not begun, errors " + errors + ", fatal " + fatal;
        }
        Sample last = last();
        String times = "begins after %d ms, plays up to %.1f s, ends %.1f s behind; "
                .formatted(begun().get(0).millis, last.seconds, last.behindSeconds);
        String media = "%d frames, last of %dx%d, %d dropped; %d bytes of audio; "
                .formatted(last.frames, last.width, last.height, last.dropped, last.audioBytes);
        String troubles = "stands still for %s ms, stalls at %s, is slow at %s, errors %s, fatal %s"
                .formatted(haltsMillis(), stalls, slow, errors, fatal);
        return times + media + troubles;
    }
}
