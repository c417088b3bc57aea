package dev.millrace.hls.bench;

import dev.millrace.hls.playlist.MediaPlaylist;
import dev.millrace.hls.playlist.MediaSegment;
import dev.millrace.hls.playlist.PlaylistFormatException;
import dev.millrace.hls.playlist.PlaylistText;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A live playlist of segments of 2 s with dates: what a packager renders for each segment, and an origin does for each viewer. */
@State(Scope.Thread)
public class PlaylistBenchmark {

    private static final long SEGMENT_TICKS = 180_000;

    /** An ordinary window, and two hours. */
    @Param({"10", "3600"})
    private int segments;

    private MediaPlaylist playlist;
    private MediaSegment next;
    private String text;
    private PlaylistText bytes;

    @Setup
    public void fill() {
        List<MediaSegment> list = new ArrayList<>();
        for (int i = 0; i < segments; i++) {
            list.add(segment(i));
        }
        playlist = new MediaPlaylist(2, 1_767_225_600, 0, Optional.empty(), true, list, false);
        next = segment(segments);
        text = playlist.render();
        bytes = PlaylistText.of(playlist);
    }

    private static MediaSegment segment(int number) {
        Instant time = Instant.ofEpochMilli(1_767_225_600_040L + 2_000L * number);
        return new MediaSegment("8f2c01d7a9be-" + number + ".ts", SEGMENT_TICKS + number % 7, false, Optional.of(time), Optional.empty());
    }

    @Benchmark
    public String render() {
        return playlist.render();
    }

    /** What happens at each segment: one out, one in, and the bytes. */
    @Benchmark
    public PlaylistText slide() {
        return PlaylistText.of(playlist.append(next).removeFirst(1));
    }

    /** What happens at each segment if a viewer takes gzip. */
    @Benchmark
    public ByteBuffer gzip() {
        return PlaylistText.of(playlist).gzip();
    }

    /** What happens at each request with a query. */
    @Benchmark
    public List<ByteBuffer> query() {
        return bytes.bytesWithQuery("token=0123456789abcdef0123456789abcdef");
    }

    /** What happens once after a restart. */
    @Benchmark
    public MediaPlaylist parse() throws PlaylistFormatException {
        return MediaPlaylist.parse(text);
    }
}
