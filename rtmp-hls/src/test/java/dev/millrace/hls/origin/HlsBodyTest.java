package dev.millrace.hls.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HlsBodyTest {

    /** Takes three bytes at a time at most, as a socket may. */
    private static final class Narrow implements WritableByteChannel {
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

        @Override
        public int write(ByteBuffer from) {
            int length = Math.min(3, from.remaining());
            for (int i = 0; i < length; i++) {
                taken.write(from.get());
            }
            return length;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            throw new AssertionError("closed by the body");
        }
    }

    private static String written(HlsBody body) throws IOException {
        Narrow out = new Narrow();
        body.writeTo(out);
        return out.taken.toString(StandardCharsets.US_ASCII);
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void writesNothingForHead() throws IOException {
        assertEquals("", written(new HlsBody.Empty(7)));
    }

    @Test
    void writesBuffersAnyNumberOfTimes() throws IOException {
        HlsBody body = new HlsBody.Bytes(List.of(ascii("0123"), ascii(""), ascii("456789")));
        assertEquals("0123456789", written(body));
        assertEquals("0123456789", written(body));
        assertEquals(10, body.contentLength());
    }

    @Test
    void writesTheRegionOfAFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "0123456789");
        assertEquals("2345678", written(new HlsBody.FileRegion(file, 2, 7)));
        assertEquals("0123456789", written(new HlsBody.FileRegion(file, 0, 10)));
        assertEquals("", written(new HlsBody.FileRegion(file, 10, 0)));
    }

    @Test
    void failsBeforeTheFirstByteWhereTheFileIsGoneOrCut(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "0123456789");
        for (HlsBody body : List.of(
                new HlsBody.FileRegion(folder.resolve("b"), 0, 1), new HlsBody.FileRegion(file, 5, 6), new HlsBody.FileRegion(file, 11, 0),
                new HlsBody.FileRegion(file, Long.MAX_VALUE, Long.MAX_VALUE))) {
            Narrow out = new Narrow();
            assertThrows(NoSuchFileException.class, () -> body.writeTo(out));
            assertEquals(0, out.taken.size());
        }
    }

    @Test
    void aRequestIsMadeOfWhatServersGive() {
        HlsRequest request = HlsRequest.of(
                "HEAD", "/a/media.m3u8?x=1?y", name -> name.equals("range") ? List.of("bytes=0-1", "bytes=2-3") : List.of(), "192.0.2.7");
        assertEquals("HEAD", request.method());
        assertEquals("/a/media.m3u8", request.rawPath());
        assertEquals("x=1?y", request.rawQuery().orElseThrow());
        assertEquals("bytes=0-1, bytes=2-3", request.header("range").orElseThrow());
        assertEquals(1, request.headers().size());
        assertEquals("192.0.2.7", request.remoteAddress().orElseThrow());
        assertTrue(HlsRequest.get("/a/media.m3u8").rawQuery().isEmpty());
        assertEquals("", HlsRequest.get("/a?").rawQuery().orElseThrow());
    }
}
