package dev.millrace.media;

/**
 * Takes the frames of one stream: a recorder, a packager, a counter.
 *
 * <p>All methods of one subscription are called one after the other, in order, on the executor that was given when subscribing, never two at
 * once; so a subscriber needs no locks. It may be slow: it then loses whole frames, and is told how many. It must not block an executor that
 * it shares with others. If a method throws, this subscription ends with {@link EndReason#FAILED}, and nothing else is affected.
 */
public interface MediaSubscriber {

    /**
     * Called once, before anything else.
     *
     * @param headers what is known of the stream where this subscription starts; changes come later as frames
     */
    default void onStart(StreamHeaders headers) {}

    /**
     * Takes one message.
     *
     * <p>A sequence header, configuration or metadata that changed comes before the first frame that needs it, with that frame's time.
     *
     * @param frame the message; may be kept
     */
    void onFrame(MediaFrame frame);

    /**
     * Tells that frames were lost because this subscriber was too slow. The next video frame is one where decoding can start.
     *
     * @param lostFrames how many, since the last call
     */
    default void onGap(long lostFrames) {}

    /** Tells that no more frames wait at the moment: a good time to flush. */
    default void onBatchEnd() {}

    /**
     * Called once, after everything else.
     *
     * @param reason why it is over
     */
    default void onEnd(EndReason reason) {}
}
