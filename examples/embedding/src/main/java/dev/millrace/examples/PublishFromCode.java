package dev.millrace.examples;

import dev.millrace.flv.FlvReader;
import dev.millrace.flv.FlvTag;
import dev.millrace.media.EndReason;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.Scheduler;
import dev.millrace.rtmp.server.RtmpServer;
import dev.millrace.rtmp.stream.Publication;
import dev.millrace.rtmp.stream.StreamName;
import dev.millrace.rtmp.stream.StreamOptions;
import dev.millrace.rtmp.stream.StreamRegistry;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Publishes an FLV file as a live stream without a socket, each frame at its time. The scheduler has one task
 * at a time, so that one thread at a time uses the publication, as its contract requires.
 */
public final class PublishFromCode {

    private final Publication publication;
    private final List<MediaFrame> frames;
    private final Scheduler scheduler;
    private final InstantSource clock;
    private final Instant start;
    private int next;

    private PublishFromCode(Publication publication, List<MediaFrame> frames, Scheduler scheduler, InstantSource clock) {
        this.publication = publication;
        this.frames = frames;
        this.scheduler = scheduler;
        this.clock = clock;
        this.start = clock.instant();
    }

    /**
     * Publishes a file once and exits.
     *
     * @param arguments an FLV file, which is read into memory
     * @throws IOException if the file cannot be read
     * @throws MalformedException if it is not an FLV file
     */
    public static void main(String[] arguments) throws IOException {
        List<MediaFrame> frames = read(Path.of(arguments[0]));
        RtmpServer server = RtmpServer.builder().build().start().join();
        System.out.println("Play rtmp://localhost:" + server.activePort() + "/live/file");
        publish(server.registry(), new StreamName("live/file"), frames, Scheduler.shared(), InstantSource.system()).toCompletableFuture().join();
        server.close().join();
    }

    /** Reads the frames of a file. Damaged tags are skipped. */
    static List<MediaFrame> read(Path file) throws IOException {
        FlvReader reader = new FlvReader();
        reader.append(Unpooled.wrappedBuffer(Files.readAllBytes(file)));
        reader.end();
        List<MediaFrame> frames = new ArrayList<>();
        for (Optional<FlvTag> tag = reader.read(); tag.isPresent(); tag = reader.read()) {
            try {
                frames.add(tag.get().toFrame());
            } catch (MalformedException e) {
                System.err.println("left out: " + e.getMessage());
            }
        }
        return frames;
    }

    /**
     * Publishes the frames under the name.
     *
     * @param frames sequence headers before what needs them, as files have them
     * @return completes when the stream has ended for any reason; fails with
     *     {@link dev.millrace.rtmp.stream.StreamBusyException} if the name has a publisher
     */
    static CompletionStage<EndReason> publish(
            StreamRegistry registry, StreamName name, List<MediaFrame> frames, Scheduler scheduler, InstantSource clock) {
        return registry.publish(name, StreamOptions.DEFAULT).thenCompose(publication -> {
            new PublishFromCode(publication, frames, scheduler, clock).run();
            return publication.stream().end();
        });
    }

    /** Publishes all frames that are due, and schedules itself for the next one. */
    private void run() {
        if (publication.stream().endReason().isPresent()) {
            return; // somebody else has ended it
        }
        while (next < frames.size() && !due(next).isAfter(clock.instant())) {
            publication.publish(frames.get(next++));
            publication.flush();
        }
        if (next == frames.size()) {
            publication.close();
        } else {
            scheduler.at(due(next), this::run);
        }
    }

    private Instant due(int index) {
        return start.plusMillis(frames.get(index).timestampMillis() - frames.get(0).timestampMillis());
    }
}
