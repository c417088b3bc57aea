package dev.millrace.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.hls.playlist.MediaPlaylist;
import dev.millrace.hls.playlist.MediaSegment;
import dev.millrace.hls.playlist.MultivariantPlaylist;
import dev.millrace.media.MediaFrame;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class HlsToDirectoryTest {

    private static final int ROUND_MILLIS = 6_100;

    @TempDir
    private Path folder;

    private final BlockingQueue<Path> written = new LinkedBlockingQueue<>();
    private int round;

    /** Goes on like a camera until there is a new playlist, and tells where. */
    private Path publishUntilWritten(TestClient publisher) throws Exception {
        List<MediaFrame> frames = TestClient.media();
        written.clear();
        for (Path index = null; ; index = written.poll(200, TimeUnit.MILLISECONDS)) {
            if (index != null) {
                return index;
            }
            long from = (long) ROUND_MILLIS * round++;
            for (MediaFrame frame : frames) {
                publisher.send(frame.atTime(from + frame.timestampMillis()));
            }
        }
    }

    /** What any web server would serve by now. */
    private static MediaPlaylist assertServable(Path index) throws Exception {
        MultivariantPlaylist variants = MultivariantPlaylist.parse(Files.readString(index));
        Path media = index.resolveSibling(variants.variants().get(0).uri());
        MediaPlaylist list = MediaPlaylist.parse(Files.readString(media));
        assertFalse(list.segments().isEmpty());
        for (MediaSegment segment : list.segments()) {
            byte[] content = Files.readAllBytes(media.resolveSibling(segment.uri()));
            assertTrue(content.length > 0 && content.length % 188 == 0 && content[0] == 0x47, segment.uri());
        }
        return list;
    }

    @Test
    void aFolderHasAllThatAPlayerNeeds() throws Exception {
        HlsToDirectory hls = HlsToDirectory.start(0, folder, written::add);
        Path index;
        try (TestClient publisher = TestClient.publisher(hls.port(), "cam")) {
            index = publishUntilWritten(publisher);
            assertEquals(folder.toAbsolutePath(), index.getParent().getParent());
            assertFalse(assertServable(index).ended());
            publisher.session().stop(1, "cam");
            publisher.flush();
        }
        hls.close();
        MediaPlaylist last = assertServable(index);
        assertTrue(last.ended());
        try (Stream<Path> files = Files.list(index.getParent())) {
            assertTrue(files.noneMatch(file -> file.toString().endsWith(".tmp")), "nothing is left half done");
        }

        // Another life of the process goes on where this one has ended.
        HlsToDirectory again = HlsToDirectory.start(0, folder, written::add);
        try (TestClient publisher = TestClient.publisher(again.port(), "cam")) {
            assertEquals(index, publishUntilWritten(publisher));
        }
        again.close();
        MediaPlaylist next = assertServable(index);
        assertTrue(next.mediaSequence() >= last.mediaSequence());
        assertTrue(next.segments().stream().anyMatch(MediaSegment::discontinuity));
    }

    @Test
    void eachStreamHasAFolderOfItsOwn() throws Exception {
        try (HlsToDirectory hls = HlsToDirectory.start(0, folder, written::add);
                TestClient one = TestClient.publisher(hls.port(), "cam"); TestClient two = TestClient.publisher(hls.port(), "cam/2")) {
            Path first = publishUntilWritten(one);
            Path second = publishUntilWritten(two);
            while (second.equals(first)) {
                second = publishUntilWritten(two);
            }
            assertServable(first);
            assertServable(second);
        }
    }
}
