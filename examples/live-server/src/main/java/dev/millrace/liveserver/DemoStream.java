package dev.millrace.liveserver;

import dev.millrace.flv.FlvReader;
import dev.millrace.flv.FlvTag;
import dev.millrace.media.FrameRole;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.Scheduler;
import dev.millrace.rtmp.stream.Publication;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A test picture with sound, published in real time without end: a loop of ten seconds with continuous
 * timestamps. Frames are published on the scheduler's thread.
 */
final class DemoStream implements AutoCloseable {

    private static final String RESOURCE = "demo.flv";
    /** A whole number of pictures and of AAC frames, so that there is no seam. */
    static final Duration LOOP = Duration.ofMillis(9_600);
    /** Behind by more than that, the clock has jumped or the machine has slept: what was missed is not made up for. */
    private static final Duration MAX_BEHIND = Duration.ofSeconds(2);

    private final Publication publication;
    private final Scheduler scheduler;
    private final InstantSource clock;
    private final List<MediaFrame> frames;

    // Confined to the scheduler's thread once it has started.
    private int next;
    private long loops;
    private Instant start;

    private volatile boolean closed;

    /**
     * Begins to publish.
     *
     * @param publication the right to; ends with this
     * @param scheduler runs it
     * @param clock the scheduler's
     */
    DemoStream(Publication publication, Scheduler scheduler, InstantSource clock) {
        this.publication = publication;
        this.scheduler = scheduler;
        this.clock = clock;
        this.frames = read();
        this.start = clock.instant();
        scheduler.at(start, this::publishDue);
    }

    /** The frames of one round, headers first. */
    static List<MediaFrame> read() {
        FlvReader reader = new FlvReader();
        List<MediaFrame> frames = new ArrayList<>();
        try (InputStream in = DemoStream.class.getResourceAsStream(RESOURCE)) {
            reader.append(Unpooled.wrappedBuffer(in.readAllBytes()));
            reader.end();
            for (Optional<FlvTag> tag = reader.read(); tag.isPresent(); tag = reader.read()) {
                MediaFrame frame = tag.get().toFrame();
                if (frame.role() != FrameRole.SEQUENCE_END) {
                    frames.add(frame);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(RESOURCE + " cannot be read", e);
        }
        return frames;
    }

    private void publishDue() {
        if (closed || publication.stream().endReason().isPresent()) {
            publication.close();
            return;
        }
        Instant now = clock.instant();
        if (now.isAfter(due().plus(MAX_BEHIND))) {
            start = start.plus(Duration.between(due(), now));
        }
        while (!due().isAfter(now)) {
            publishNext();
        }
        publication.flush();
        scheduler.at(due(), this::publishDue);
    }

    private long nextMillis() {
        return frames.get(next).timestampMillis() + loops * LOOP.toMillis();
    }

    private Instant due() {
        return start.plusMillis(nextMillis());
    }

    private void publishNext() {
        MediaFrame frame = frames.get(next);
        if (loops == 0 || frame.role() == FrameRole.CODED) {
            publication.publish(frame.atTime(nextMillis()));
        }
        next++;
        if (next == frames.size()) {
            next = 0;
            loops++;
        }
    }

    /** Ends the stream, with the frame that would come next. */
    @Override
    public void close() {
        closed = true;
    }
}
