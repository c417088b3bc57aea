package dev.millrace.examples;

import dev.millrace.flv.FlvReader;
import dev.millrace.flv.FlvTag;
import dev.millrace.hls.packager.HlsListener;
import dev.millrace.hls.packager.HlsMode;
import dev.millrace.hls.packager.HlsOptions;
import dev.millrace.hls.packager.HlsPackager;
import dev.millrace.hls.packager.HlsSnapshot;
import dev.millrace.hls.playlist.MediaSegment;
import dev.millrace.hls.store.ObjectName;
import dev.millrace.hls.store.SegmentContent;
import dev.millrace.hls.store.SegmentStore;
import dev.millrace.hls.store.SegmentStores;
import dev.millrace.media.Codec;
import dev.millrace.media.EndReason;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaSubscriber;
import dev.millrace.media.StreamHeaders;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Converts an FLV file to HLS on demand: {@code index.m3u8}, {@code media.m3u8} and segments that any web
 * server can serve. Arguments: file, folder.
 */
public final class FlvToHls {

    private static final int READ_BYTES = 256 << 10;

    private FlvToHls() {}

    /**
     * Converts one file.
     *
     * @param arguments file and folder
     * @throws IOException if a file cannot be read or written
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            System.err.println("Usage: FlvToHls FILE DIR");
            System.exit(2);
        }
        HlsSnapshot made = convert(Path.of(arguments[0]), Path.of(arguments[1]));
        System.out.println(made.media().segments().size() + " segments in " + arguments[1] + ", play " + arguments[1] + "/index.m3u8");
    }

    /**
     * Converts one file. Damaged tags are skipped.
     *
     * @param file an FLV file
     * @param folder is created if it does not exist; files of the same names are replaced
     * @return the playlists
     * @throws IOException if a file cannot be read or written, is not an FLV file, or has no track that HLS supports
     */
    public static HlsSnapshot convert(Path file, Path folder) throws IOException {
        Files.createDirectories(folder);
        SegmentStore segments = SegmentStores.inMemory().forStream("file");
        HlsPackager packager = HlsPackager.open("file", HlsOptions.DEFAULT.withMode(HlsMode.VOD), segments, Runnable::run, REFUSALS)
                .toCompletableFuture()
                .join();
        read(file, packager.attach());
        packager.end().toCompletableFuture().join();
        HlsSnapshot made = packager.snapshot().orElseThrow(() -> new IOException(file + " has no video or audio that goes into HLS"));
        for (MediaSegment segment : made.media().segments()) {
            write(folder.resolve(segment.uri()), chunks(segments, segment));
        }
        write(folder.resolve("media.m3u8"), made.mediaText().bytes());
        write(folder.resolve("index.m3u8"), made.multivariantText().bytes());
        return made;
    }

    private static final HlsListener REFUSALS = new HlsListener() {
        @Override
        public void onTrackRefused(Codec codec, String reason) {
            System.err.println("without " + codec + ": " + reason);
        }
    };

    private static void read(Path file, MediaSubscriber to) throws IOException {
        FlvReader reader = new FlvReader();
        to.onStart(StreamHeaders.EMPTY);
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer buffer = ByteBuffer.allocate(READ_BYTES);
            while (in.read(buffer.clear()) >= 0) {
                reader.append(Unpooled.wrappedBuffer(buffer.flip()));
                drain(reader, to);
            }
            reader.end();
            drain(reader, to);
        } catch (MalformedException e) {
            throw new IOException(file + " is no FLV file: " + e.getMessage(), e);
        }
        to.onEnd(EndReason.UNPUBLISHED);
    }

    private static void drain(FlvReader reader, MediaSubscriber to) throws MalformedException {
        for (Optional<FlvTag> tag = reader.read(); tag.isPresent(); tag = reader.read()) {
            try {
                to.onFrame(tag.get().toFrame());
            } catch (MalformedException e) {
                System.err.println("left out: " + e.getMessage());
            }
        }
    }

    private static Iterable<ByteBuffer> chunks(SegmentStore segments, MediaSegment segment) {
        SegmentContent content = segments.read(ObjectName.ofFileName(segment.uri()).orElseThrow()).toCompletableFuture().join().orElseThrow();
        return ((SegmentContent.InMemory) content).chunks();
    }

    private static void write(Path file, Iterable<ByteBuffer> bytes) throws IOException {
        try (FileChannel out = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            for (ByteBuffer buffer : bytes) {
                while (buffer.hasRemaining()) {
                    out.write(buffer);
                }
            }
        }
    }
}
