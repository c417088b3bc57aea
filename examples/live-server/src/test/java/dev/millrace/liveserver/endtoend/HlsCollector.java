package dev.millrace.liveserver.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.hls.playlist.MediaPlaylist;
import dev.millrace.hls.playlist.MediaSegment;
import dev.millrace.hls.testkit.TsCheck;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Takes every segment of a live stream while it is listed. With the name of a folder in MILLRACE_KEEP_HLS, of the environment, {@link #check} leaves
 * them there, so that others can check them too. For one thread, but for the one of its own; what is collected is kept when it is closed.
 */
final class HlsCollector implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final long LOOK_MILLIS = 250;
    private static final long PATIENCE_SECONDS = 60;

    private final URI playlist;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread named = new Thread(task, "collector");
        named.setDaemon(true);
        return named;
    });
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /** What is collected, and who waits for how much. Guarded by this. */
    private final List<Collected> collected = new ArrayList<>();
    private final Map<Integer, CompletableFuture<Void>> waiting = new TreeMap<>();

    // Of the thread.
    private long firstNumber = -1;

    /** A segment as listed, and its bytes. */
    record Collected(MediaSegment segment, byte[] bytes) {}

    private HlsCollector(URI playlist) {
        this.playlist = playlist;
    }

    /** Begins, whether there is a stream or not. */
    static HlsCollector start(String mediaPlaylist) {
        HlsCollector collector = new HlsCollector(URI.create(mediaPlaylist));
        collector.thread.scheduleWithFixedDelay(collector::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        return collector;
    }

    private void look() {
        try {
            HttpResponse<byte[]> answer = get(playlist);
            if (answer.statusCode() == 200) {
                take(MediaPlaylist.parse(new String(answer.body(), StandardCharsets.UTF_8)));
            }
        } catch (IOException e) {
            // The server is not there, or not any more: the next look tells.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception | AssertionError e) {
            fail(e);
        }
    }

    private static HttpResponse<byte[]> get(URI uri) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray());
    }

    private void take(MediaPlaylist list) throws IOException, InterruptedException {
        if (list.segments().isEmpty()) {
            throw new AssertionError("an empty playlist");
        }
        firstNumber = firstNumber < 0 ? list.mediaSequence() : firstNumber;
        List<Collected> known = collected();
        for (int i = 0; i < list.segments().size(); i++) {
            MediaSegment segment = list.segments().get(i);
            int index = (int) (list.mediaSequence() - firstNumber + i);
            if (index > known.size()) {
                throw new AssertionError(index - known.size() + " segments were listed too shortly to be seen, before " + segment.uri());
            }
            if (index < known.size()) {
                assertEquals(known.get(index).segment(), segment, "segment " + index);
                continue;
            }
            HttpResponse<byte[]> answer = get(playlist.resolve(segment.uri()));
            assertEquals(200, answer.statusCode(), segment.uri());
            add(new Collected(segment, answer.body()));
            known = collected();
        }
        if (list.ended()) {
            ended.complete(null);
        }
    }

    private synchronized void add(Collected next) {
        collected.add(next);
        waiting.forEach((count, future) -> {
            if (collected.size() >= count) {
                future.complete(null);
            }
        });
    }

    private synchronized void fail(Throwable failure) {
        ended.completeExceptionally(failure);
        waiting.values().forEach(future -> future.completeExceptionally(failure));
    }

    /** What there is by now. */
    synchronized List<Collected> collected() {
        return List.copyOf(collected);
    }

    /** The time of day of the first segment that was ever listed. */
    Instant start() {
        return collected().get(0).segment.programDateTime().orElseThrow();
    }

    /** How much there is by now. */
    double seconds() {
        return collected().stream().mapToLong(next -> next.segment.durationTicks()).sum() / 90_000.0;
    }

    /** Waits until there are so many. */
    void awaitSegments(int count) throws Exception {
        CompletableFuture<Void> future;
        synchronized (this) {
            if (collected.size() >= count) {
                return;
            }
            future = waiting.computeIfAbsent(count, any -> new CompletableFuture<>());
        }
        if (ended.isCompletedExceptionally()) {
            ended.join();
        }
        future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Waits until the playlist says that it has ended. */
    void awaitEnd() throws Exception {
        ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** The bytes from one discontinuity to the next: what one decoder takes. */
    List<byte[]> timelines() {
        List<ByteArrayOutputStream> timelines = new ArrayList<>();
        for (Collected next : collected()) {
            if (timelines.isEmpty() || next.segment.discontinuity()) {
                timelines.add(new ByteArrayOutputStream());
            }
            timelines.get(timelines.size() - 1).writeBytes(next.bytes);
        }
        return timelines.stream().map(ByteArrayOutputStream::toByteArray).toList();
    }

    /**
     * Reads all with a reader that shares nothing with the writer, and keeps the segments under a name if somebody wants that. The server must have
     * been one and the same: counters of packets begin anew with another.
     */
    void check(String name) throws IOException {
        List<Collected> all = collected();
        keep(name, all);
        checkFrom(0, all.size());
    }

    /** Reads what lies between discontinuities, each for itself. */
    void checkTimelines() {
        List<Collected> all = collected();
        int from = 0;
        for (int i = 1; i < all.size(); i++) {
            if (all.get(i).segment.discontinuity()) {
                checkFrom(from, i);
                from = i;
            }
        }
        checkFrom(from, all.size());
    }

    private void checkFrom(int from, int to) {
        if (ended.isCompletedExceptionally()) {
            ended.join();
        }
        List<Collected> some = collected().subList(from, to);
        TsCheck check = new TsCheck();
        for (int i = 1; i < some.size(); i++) {
            if (some.get(i).segment.discontinuity()) {
                check.discontinuityBefore(i);
            }
        }
        check.check(some.stream().map(Collected::bytes).toList());
    }

    private static void keep(String name, List<Collected> all) throws IOException {
        Optional<String> folder = Optional.ofNullable(System.getenv("MILLRACE_KEEP_HLS"));
        if (folder.isEmpty()) {
            return;
        }
        Path own = Files.createDirectories(Path.of(folder.get(), name));
        for (int i = 0; i < all.size(); i++) {
            Files.write(own.resolve("%05d.ts".formatted(i)), all.get(i).bytes);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
