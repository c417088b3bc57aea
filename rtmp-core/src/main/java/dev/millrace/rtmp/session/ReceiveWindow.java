package dev.millrace.rtmp.session;

/** Counts what arrives, and tells when the peer wants to hear of it (RTMP 1.0, sections 5.4.3 and 5.4.4). */
final class ReceiveWindow {

    /** An acknowledgement goes out at least so often, since some encoders stop at a window of their own. */
    private static final int MOST_UNACKNOWLEDGED_BYTES = 2_000_000;

    private int windowBytes;
    private long bytesReceived;
    private long bytesAcknowledged;

    ReceiveWindow(int windowBytes) {
        this.windowBytes = windowBytes;
    }

    /** The peer's wish, 32 bits without sign; 0 is no wish. */
    void windowBytes(int bytes) {
        windowBytes = bytes;
    }

    void add(long bytes) {
        bytesReceived += bytes;
    }

    long bytesReceived() {
        return bytesReceived;
    }

    /** Whether it is time for an acknowledgement. If so, all that has arrived counts as acknowledged. */
    boolean isDue() {
        long window = Integer.toUnsignedLong(windowBytes);
        long due = window == 0 ? MOST_UNACKNOWLEDGED_BYTES : Math.min(window / 2, MOST_UNACKNOWLEDGED_BYTES);
        if (bytesReceived - bytesAcknowledged < Math.max(1, due)) {
            return false;
        }
        bytesAcknowledged = bytesReceived;
        return true;
    }
}
