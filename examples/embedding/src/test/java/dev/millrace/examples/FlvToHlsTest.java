package dev.millrace.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.hls.packager.HlsSnapshot;
import dev.millrace.hls.playlist.MediaPlaylist;
import dev.millrace.hls.playlist.MediaSegment;
import dev.millrace.hls.playlist.MultivariantPlaylist;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlvToHlsTest {

    @TempDir
    private Path folder;

    private static Path media(String name) {
        return Path.of("src/test/resources/media", name);
    }

    @Test
    void writesPlaylistsAndSegments() throws Exception {
        HlsSnapshot made = FlvToHls.convert(media("avc-high-bframes-aac.flv"), folder.resolve("out"));
        MediaPlaylist media = MediaPlaylist.parse(Files.readString(folder.resolve("out/media.m3u8")));
        assertEquals(made.media(), media);
        assertTrue(media.ended());
        assertEquals(6, media.durationTicks() / 90_000.0, 0.2);
        for (MediaSegment segment : media.segments()) {
            assertEquals(0, Files.size(folder.resolve("out").resolve(segment.uri())) % 188);
        }
        MultivariantPlaylist index = MultivariantPlaylist.parse(Files.readString(folder.resolve("out/index.m3u8")));
        assertEquals(List.of("avc1.64001e", "mp4a.40.2"), index.variants().get(0).codecs());
    }

    @Test
    void saysWhatIsWrong() throws Exception {
        Path text = Files.writeString(folder.resolve("text.flv"), "this is no FLV file");
        assertThrows(IOException.class, () -> FlvToHls.convert(text, folder.resolve("out")));
        assertThrows(IOException.class, () -> FlvToHls.convert(folder.resolve("nothing.flv"), folder.resolve("out")));
        IOException refused = assertThrows(IOException.class, () -> FlvToHls.convert(media("vp9-flac.flv"), folder.resolve("out")));
        assertTrue(refused.getMessage().endsWith("has no video or audio that goes into HLS"), refused.getMessage());
    }
}
