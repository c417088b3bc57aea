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
 * Turns the entries of a ring into the messages for one subscriber: leaves out those that it does not want or cannot
 * decode yet, and inserts the headers that it was not sent before the first frame that needs them. Confined to one
 * thread at a time.
 */
final class FrameSelector {

    private final Wants wants;
    private boolean waitingForKeyframe;
    private StreamHeaders sent;

    FrameSelector(Wants wants, Place from) {
        this.wants = wants;
        this.waitingForKeyframe = from.waitingForKeyframe();
        this.sent = from.sentHeaders();
    }

    /**
     * Adds the messages that the subscriber receives for one entry.
     *
     * @return false if the entry is passed over because its video cannot be decoded yet
     */
    boolean select(Entry entry, List<MediaFrame> out) {
        MediaFrame frame = entry.frame();
        if (!wants.includes(frame.kind())) {
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
                if (wants.includes(header.kind())) {
                    add(header.atTime(frame.timestampMillis()), entry.headers(), out);
                }
            }
            sent = entry.headers();
        }
        add(frame, entry.headers(), out);
        return true;
    }

    private void add(MediaFrame frame, StreamHeaders headers, List<MediaFrame> out) {
        if (wants.tracks() == Tracks.ALL) {
            out.add(frame);
        } else {
            boolean depends = frame.role() == FrameRole.CONFIGURATION || frame.role() == FrameRole.COMMAND;
            FlvFrames.plain(frame, depends && isLegacy(frame, headers)).ifPresent(out::add);
        }
    }

    /**
     * Whether a player receives the default track of the frame's kind with a legacy header, and so may not support
     * Enhanced RTMP.
     */
    private static boolean isLegacy(MediaFrame frame, StreamHeaders headers) {
        return headers.track(frame.kind(), 0)
                .flatMap(track -> track.sequenceHeader())
                .flatMap(header -> FlvFrames.plain(header, /* trackZeroIsLegacy= */ false))
                .map(FlvFrames::isLegacyHeader)
                .orElse(true);
    }

    /** Returns the place of the subscriber after the entries so far. */
    Place placeAt(long next) {
        return new Place(next, waitingForKeyframe, sent);
    }
}
