package dev.millrace.rtmp.stream;

import dev.millrace.flv.FlvFrames;
import dev.millrace.media.FrameRole;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import dev.millrace.media.StreamHeaders;
import dev.millrace.rtmp.stream.FrameRing.Entry;
import dev.millrace.rtmp.stream.SubscribeOptions.Tracks;
import java.util.List;

/**
 * Turns the entries of a ring into what one subscriber gets: leaves out what it does not want or cannot decode yet, and puts headers that it has
 * not been sent before the first frame that needs them. Confined to one thread at a time.
 */
final class FrameSelector {

    private final boolean audio;
    private final boolean video;
    private final Tracks tracks;
    private boolean waitingForKeyframe;
    private StreamHeaders sent;

    FrameSelector(boolean audio, boolean video, Tracks tracks, boolean waitingForKeyframe, StreamHeaders sent) {
        this.audio = audio;
        this.video = video;
        this.tracks = tracks;
        this.waitingForKeyframe = waitingForKeyframe;
        this.sent = sent;
    }

    /**
     * Adds what the subscriber gets for one entry.
     *
     * @return false if the entry is passed over because its video cannot be decoded yet
     */
    boolean select(Entry entry, List<MediaFrame> out) {
        MediaFrame frame = entry.frame();
        if (!wants(frame)) {
            return true;
        }
        if (RingCursor.passesOver(entry, waitingForKeyframe)) {
            return false;
        }
        if (frame.kind() == MediaKind.VIDEO) {
            waitingForKeyframe = false;
        }
        if (entry.headers() != sent) {
            for (MediaFrame header : entry.headers().changesSince(sent)) {
                if (wants(header)) {
                    add(header.atTime(frame.timestampMillis()), entry.headers(), out);
                }
            }
            sent = entry.headers();
        }
        add(frame, entry.headers(), out);
        return true;
    }

    private boolean wants(MediaFrame frame) {
        return switch (frame.kind()) {
            case AUDIO -> audio;
            case VIDEO -> video;
            case DATA -> true;
        };
    }

    private void add(MediaFrame frame, StreamHeaders headers, List<MediaFrame> out) {
        if (tracks == Tracks.ALL) {
            out.add(frame);
        } else {
            boolean depends = frame.role() == FrameRole.CONFIGURATION || frame.role() == FrameRole.COMMAND;
            FlvFrames.plain(frame, depends && isLegacy(frame, headers)).ifPresent(out::add);
        }
    }

    /** Whether a player gets the default track of the frame's kind with a legacy header: then it may know nothing of Enhanced RTMP. */
    private static boolean isLegacy(MediaFrame frame, StreamHeaders headers) {
        return headers.track(frame.kind(), 0)
                .flatMap(track -> track.sequenceHeader())
                .flatMap(header -> FlvFrames.plain(header, /* trackZeroIsLegacy= */ false))
                .map(FlvFrames::isLegacyHeader)
                .orElse(true);
    }

    boolean isWaitingForKeyframe() {
        return waitingForKeyframe;
    }

    StreamHeaders sent() {
        return sent;
    }
}
