package dev.millrace.rtmp.stream;

import dev.millrace.media.StreamHeaders;

/**
 * The position of a subscriber in a stream. Subscribers in equal places that {@linkplain Wants want} the same receive
 * the same bytes.
 *
 * @param next the sequence number of the next ring entry to deliver
 * @param waitingForKeyframe whether video is passed over until the next random access point
 * @param sentHeaders the headers that the subscriber was sent; compared by identity
 */
record Place(long next, boolean waitingForKeyframe, StreamHeaders sentHeaders) {

    /** Returns the place of a subscriber that was sent nothing yet. */
    static Place of(long next, boolean waitingForKeyframe) {
        return new Place(next, waitingForKeyframe, StreamHeaders.EMPTY);
    }
}
