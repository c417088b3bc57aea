package dev.millrace.track;

import dev.millrace.flv.TagTrack;
import dev.millrace.media.Bytes;
import dev.millrace.media.Codec;
import dev.millrace.media.FrameRole;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaFrame;
import java.util.Optional;

/** Follows one track. Confined to one thread at a time. */
abstract class TrackFollower {

    final int trackId;
    final TrackMeter meter = new TrackMeter();
    Codec codec;
    Optional<MediaFrame> sequenceHeader = Optional.empty();
    private final Runnable onBroken;
    private boolean isNew = true;

    /** Made with what is to be done when a header or a frame cannot be understood. */
    TrackFollower(int trackId, Codec codec, Runnable onBroken) {
        this.trackId = trackId;
        this.codec = codec;
        this.onBroken = onBroken;
    }

    /**
     * Takes a message of the track.
     *
     * @param tag where its body is
     * @return whether something that can be seen from outside has changed
     */
    final boolean follow(MediaFrame frame, TagTrack tag) {
        if (frame.role() == FrameRole.SEQUENCE_HEADER) {
            return header(frame, tag);
        }
        if (frame.role() != FrameRole.CODED) {
            return false;
        }
        boolean changed = isNew | meter.add(frame.timestampMillis(), tag.bodyLength(), frame.isKeyframe());
        isNew = false;
        if (tag.codec() != codec) {
            codec = tag.codec();
            sequenceHeader = Optional.empty();
            forget();
            changed = true;
        }
        return learn(() -> learnFromFrame(frame, bodyOf(frame, tag))) || changed;
    }

    private boolean header(MediaFrame frame, TagTrack tag) {
        if (sequenceHeader.isPresent() && sequenceHeader.get().hasSameContent(frame)) {
            return false;
        }
        codec = tag.codec();
        sequenceHeader = Optional.of(frame);
        forget();
        learn(() -> learnFromHeader(bodyOf(frame, tag)));
        return true;
    }

    /** What may find broken bytes. */
    @FunctionalInterface
    private interface Lesson {
        boolean learn() throws MalformedException;
    }

    private boolean learn(Lesson lesson) {
        try {
            return lesson.learn();
        } catch (MalformedException e) {
            onBroken.run();
            return false;
        }
    }

    static Bytes bodyOf(MediaFrame frame, TagTrack tag) {
        return frame.bytes().slice(tag.bodyOffset(), tag.bodyLength());
    }

    /** Nothing is known any more: the codec or its configuration is another. */
    abstract void forget();

    abstract boolean learnFromHeader(Bytes body) throws MalformedException;

    /** Whether something new was learnt. */
    abstract boolean learnFromFrame(MediaFrame frame, Bytes body) throws MalformedException;

    abstract Track snapshot();
}
