package dev.millrace.examples;

import dev.millrace.media.EndReason;
import dev.millrace.media.MediaKind;
import dev.millrace.rtmp.connection.RtmpConnection;
import dev.millrace.rtmp.connection.RtmpListener;
import dev.millrace.rtmp.server.RtmpServer;
import dev.millrace.rtmp.stream.LiveStream;
import dev.millrace.sample.Demuxer;
import dev.millrace.sample.Sample;
import dev.millrace.sample.SampleSubscriber;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Writes a live stream as elementary streams, such as {@code live-cam.h264} and {@code live-cam.aac}, which
 * any decoder reads. Arguments: port, folder.
 */
public final class ElementaryStreams implements SampleSubscriber {

    private static final Map<String, String> EXTENSIONS = Map.of("avc", "h264", "hevc", "h265", "av1", "obu");

    private final Path stem;
    private final Consumer<Path> written;
    private final Map<MediaKind, OutputStream> files = new EnumMap<>(MediaKind.class);

    private ElementaryStreams(Path stem, Consumer<Path> written) {
        this.stem = stem;
        this.written = written;
    }

    /**
     * Runs until the process is terminated.
     *
     * @param arguments port and folder
     */
    public static void main(String[] arguments) {
        RtmpServer server = start(Integer.parseInt(arguments[0]), Path.of(arguments[1]), stem -> System.out.println("Wrote " + stem + ".*"));
        System.out.println("Publish to rtmp://localhost:" + server.activePort() + "/live/NAME");
    }

    /**
     * Starts a server that writes the default tracks of each stream to files.
     *
     * @param port the port of RTMP, 0 for any free one
     * @param folder where the files are put
     * @param written called at the end of each stream with the path of its files without extension
     * @return the server, which listens; the caller closes it
     */
    public static RtmpServer start(int port, Path folder, Consumer<Path> written) {
        var disk = Executors.newSingleThreadExecutor(); // writing may block, and must not hold up the connection
        return RtmpServer.builder()
                .port(port)
                .addListener(new RtmpListener() {
                    @Override
                    public void onPublishStarted(RtmpConnection connection, LiveStream stream) {
                        Path stem = folder.resolve(stream.streamName().path().replace('/', '-'));
                        stream.subscribe(new Demuxer(new ElementaryStreams(stem, written)), disk);
                    }
                })
                .build()
                .start()
                .join();
    }

    @Override
    public void onSample(Sample sample) {
        boolean started = files.containsKey(sample.kind());
        if (sample.trackId() != 0 || !sample.isDecodable() || !started && !sample.isRandomAccessPoint()) {
            return;
        }
        try {
            files.computeIfAbsent(sample.kind(), kind -> open(sample)).write(sample.toElementary());
        } catch (IOException e) {
            throw new UncheckedIOException(e); // ends this subscription and nothing else
        }
    }

    private OutputStream open(Sample sample) {
        String name = sample.codec().codecName();
        try {
            return Files.newOutputStream(stem.resolveSibling(stem.getFileName() + "." + EXTENSIONS.getOrDefault(name, name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void onEnd(EndReason reason) {
        try {
            for (OutputStream file : files.values()) {
                file.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        written.accept(stem);
    }
}
