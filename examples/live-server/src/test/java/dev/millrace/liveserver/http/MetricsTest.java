package dev.millrace.liveserver.http;

import static dev.millrace.liveserver.http.TestServer.header;
import static dev.millrace.liveserver.http.TestServer.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.hls.origin.HlsOrigin;
import dev.millrace.hls.origin.OriginOptions;
import dev.millrace.media.FrameRole;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import dev.millrace.media.Scheduler;
import dev.millrace.rtmp.stream.Publication;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MetricsTest {

    private static final Pattern SAMPLE = Pattern.compile("([a-z_]+)(\\{(?:[a-z_]+=\"(?:[^\"\\\\]|\\\\.)*\",?)+})? (-?[0-9.]+(?:E[0-9]+)?)");

    private final TestStreams streams = new TestStreams();

    /** The samples, each of a metric that was announced with help and type before. */
    private static Map<String, Double> parse(String text) {
        Map<String, Double> samples = new HashMap<>();
        Map<String, String> types = new HashMap<>();
        for (String line : text.split("\n")) {
            if (line.startsWith("# TYPE ")) {
                String[] words = line.split(" ");
                types.put(words[2], words[3]);
            } else if (!line.startsWith("# HELP ")) {
                Matcher sample = SAMPLE.matcher(line);
                assertTrue(sample.matches(), line);
                String type = types.get(sample.group(1));
                assertEquals(sample.group(1).endsWith("_total") ? "counter" : "gauge", type, line);
                assertTrue(sample.group(1).startsWith("millrace_"), line);
                Double before = samples.put(line.substring(0, line.lastIndexOf(' ')), Double.valueOf(sample.group(3)));
                assertEquals(null, before, "twice: " + line);
            }
        }
        return samples;
    }

    private static Map<String, Double> scrape(TestServer server) throws Exception {
        HttpResponse<byte[]> answer = server.send("GET", "/metrics");
        assertEquals(200, answer.statusCode());
        assertEquals("text/plain; version=0.0.4; charset=utf-8", header(answer, "Content-Type"));
        return parse(text(answer));
    }

    @Test
    void streamsAreCountedByName() throws Exception {
        Publication first = streams.publishFile("live/test123", "avc-high-bframes-aac.flv");
        streams.publish("live/a \"quoted\" name");
        try (TestServer server = TestServer.start(streams)) {
            Map<String, Double> samples = scrape(server);
            long pictures = TestStreams.frames("avc-high-bframes-aac.flv").stream().filter(MetricsTest::isPicture).count();
            assertEquals(2.0, samples.get("millrace_streams"));
            assertEquals((double) pictures, samples.get("millrace_stream_video_frames_total{stream=\"rtmp/live/test123\"}"));
            assertEquals((double) first.stream().statistics().bytes(), samples.get("millrace_stream_received_bytes_total{stream=\"rtmp/live/test123\"}"));
            assertEquals(0.0, samples.get("millrace_stream_lost_frames_total{stream=\"rtmp/live/test123\"}"));
            assertEquals(1.0, samples.get("millrace_stream_subscribers{kind=\"recorder\",stream=\"rtmp/live/test123\"}"));
            assertEquals(0.0, samples.get("millrace_stream_video_frames_total{stream=\"rtmp/live/a \\\"quoted\\\" name\"}"));
            assertFalse(samples.keySet().stream().anyMatch(name -> name.contains("hls")), "there is no HLS");
            first.close();
            assertFalse(scrape(server).keySet().stream().anyMatch(name -> name.contains("test123")), "a stream that is over is forgotten");
        }
    }

    static boolean isPicture(MediaFrame frame) {
        return frame.kind() == MediaKind.VIDEO && frame.role() == FrameRole.CODED;
    }

    @Test
    void hlsAndTheProcessAreCountedToo() throws Exception {
        HlsOrigin origin = new HlsOrigin(
                path -> CompletableFuture.completedStage(Optional.empty()), OriginOptions.DEFAULT, Scheduler.shared(), InstantSource.system());
        try (TestServer server = TestServer.start(TestServer.options(), streams, Optional.of(origin), TestServer.NO_PICTURES)) {
            Map<String, Double> samples = scrape(server);
            assertEquals(7.0, samples.get("millrace_hls_segments_total{stream=\"rtmp/live/packaged\"}"));
            assertEquals(7_000.0, samples.get("millrace_hls_segment_bytes_total{stream=\"rtmp/live/packaged\"}"));
            assertEquals(1.0, samples.get("millrace_hls_lost_segments_total{stream=\"rtmp/live/packaged\"}"));
            assertEquals(0.0, samples.get("millrace_hls_viewers{stream=\"rtmp/live/packaged\"}"));
            for (String name : List.of("millrace_jvm_heap_used_bytes", "millrace_jvm_threads", "millrace_process_uptime_seconds")) {
                assertTrue(samples.get(name) > 0, name);
            }
            assertTrue(samples.containsKey("millrace_netty_direct_memory_used_bytes"));
            assertEquals(0.0, samples.get("millrace_rtmp_connections"));
            assertEquals(0.0, samples.get("millrace_publishers"));
        }
    }
}
