package dev.millrace.liveserver.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.FlvReader;
import dev.millrace.flv.FlvTag;
import dev.millrace.media.MediaFrame;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Who watches a stream as FLV, tag by tag. */
final class FlvClient implements AutoCloseable {

    private final HttpResponse<InputStream> response;
    private final InputStream in;
    private final FlvReader reader = new FlvReader();
    private final byte[] buffer = new byte[16_384];

    private FlvClient(HttpResponse<InputStream> response) {
        this.response = response;
        this.in = response.body();
    }

    static FlvClient watch(TestServer server, String path) throws Exception {
        return new FlvClient(server.sendAsync(path, BodyHandlers.ofInputStream()).get(TestServer.PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
    }

    HttpResponse<InputStream> response() {
        return response;
    }

    /** The next tag, or empty at the end of the stream. */
    Optional<FlvTag> next() throws Exception {
        Optional<FlvTag> tag = reader.read();
        while (tag.isEmpty()) {
            int read = in.read(buffer);
            if (read < 0) {
                return Optional.empty();
            }
            reader.append(Unpooled.wrappedBuffer(buffer, 0, read));
            tag = reader.read();
        }
        return tag;
    }

    /** On to the next coded video frame. */
    MediaFrame nextPicture() throws Exception {
        while (true) {
            Optional<FlvTag> tag = next();
            assertTrue(tag.isPresent(), "the stream is over");
            MediaFrame frame = tag.get().toFrame();
            if (MetricsTest.isPicture(frame)) {
                return frame;
            }
        }
    }

    /** All there is until the end. */
    List<FlvTag> rest() throws Exception {
        List<FlvTag> tags = new ArrayList<>();
        for (Optional<FlvTag> tag = next(); tag.isPresent(); tag = next()) {
            tags.add(tag.get());
        }
        return tags;
    }

    boolean announcesAudio() {
        return reader.header().orElseThrow().hasAudio();
    }

    boolean announcesVideo() {
        return reader.header().orElseThrow().hasVideo();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
