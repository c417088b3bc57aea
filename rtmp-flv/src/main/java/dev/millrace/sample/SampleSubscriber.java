package dev.millrace.sample;

import dev.millrace.media.EndReason;
import dev.millrace.media.MediaKind;

/**
 * Receives the formats and samples of one stream from a {@link Demuxer}: a muxer, a decoder, a meter.
 *
 * <p>All methods are called one after the other on the thread that feeds the demuxer, so that a subscriber needs no locks.
 */
public interface SampleSubscriber {

    /**
     * Called when a track appeared or its configuration changed, before the first sample that needs it.
     *
     * <p>A format that {@linkplain TrackFormat#continues continues} the one before it is not announced: {@link Sample#format()} is always the one in
     * force.
     *
     * @param format the format from now on
     */
    default void onFormat(TrackFormat format) {}

    /**
     * Receives a sample.
     *
     * @param sample may be kept; it keeps the message that it is in
     */
    void onSample(Sample sample);

    /**
     * Receives a data message.
     *
     * @param message metadata, a cue point or a text; may be kept
     */
    default void onData(DataMessage message) {}

    /**
     * Called when a message, or a track in it, gave no sample or no configuration because it is malformed. The first message of a track announces its
     * format in any case, without a configuration then.
     *
     * @param kind audio or video
     * @param reason what is wrong
     */
    default void onSkipped(MediaKind kind, SkipReason reason) {}

    /**
     * Called when frames were lost on the way to the demuxer. The next video sample is a random access point.
     *
     * @param lostFrames how many messages, since the last call
     * @see dev.millrace.media.MediaSubscriber#onGap
     */
    default void onGap(long lostFrames) {}

    /** Called when no more frames wait at the moment: a good time to flush. */
    default void onBatchEnd() {}

    /**
     * Called once, after everything else.
     *
     * @param reason why the stream is over
     */
    default void onEnd(EndReason reason) {}
}
