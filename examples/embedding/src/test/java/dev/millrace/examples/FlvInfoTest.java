package dev.millrace.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlvInfoTest {

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return FlvInfo.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }

    private Path file(String name) throws Exception {
        Path file = folder.resolve(name);
        try (var resource = FlvInfoTest.class.getResourceAsStream("/media/" + name)) {
            Files.copy(resource, file);
        }
        return file;
    }

    @Test
    void tellsTracksAsJson() throws Exception {
        assertEquals(0, run("--json", file("avc-two-video-tracks-aac.flv").toString()));
        JsonNode facts = new ObjectMapper().readTree(out.toString());
        assertEquals(3, facts.get("tracks").size());
        JsonNode second = facts.get("tracks").get(1);
        assertEquals("video", second.get("kind").asText());
        assertEquals(1, second.get("track").asInt());
        assertEquals("avc", second.get("codec").asText());
        assertEquals(320, second.get("width").asInt());
        assertEquals(150, second.get("frames").asInt());
        assertEquals(5_960, second.get("duration_ms").asInt());
        JsonNode audio = facts.get("tracks").get(2);
        assertEquals("mp4a.40.2", audio.get("codec_string").asText());
        assertEquals(283, audio.get("frames").asInt());
        assertEquals(0, facts.get("damage").get("resyncs").asInt());
    }

    @Test
    void tellsTracksAsText() throws Exception {
        assertEquals(0, run(file("hevc-aac.flv").toString()));
        assertTrue(out.toString().contains("kind video, track 0, codec hevc, profile Main, width 640, height 360"), out.toString());
        assertTrue(out.toString().contains("kind audio, track 0, codec aac, sample rate 48000, channels 1"), out.toString());
    }

    @Test
    void tellsDamage() throws Exception {
        byte[] bytes = Files.readAllBytes(file("aac-only.flv"));
        Path cut = folder.resolve("cut.flv");
        Files.write(cut, Arrays.copyOf(bytes, bytes.length - 7));
        assertEquals(0, run(cut.toString()));
        assertTrue(out.toString().contains("truncated tags 1"), out.toString());
    }

    @Test
    void refusesWhatItCannotRead() throws Exception {
        Path text = Files.writeString(folder.resolve("text"), "no video");
        assertEquals(1, run(text.toString()));
        assertTrue(err.toString().contains("not 464c56"), err.toString());
        assertEquals(1, run(folder.resolve("missing").toString()));
        assertEquals(2, run());
    }
}
