package dev.millrace.recording;

import java.io.IOException;

/** Hears what becomes of a recording. Called on the recorder's executor. */
public interface RecordingListener {

    /** Hears nothing. */
    RecordingListener NONE = new RecordingListener() {};

    /**
     * A file is complete and closed.
     *
     * @param recording what is in it
     */
    default void onFinished(Recording recording) {}

    /**
     * The store failed. The recording ends here; the stream goes on.
     *
     * @param recording what is in the file so far; it is valid up to its last whole tag
     * @param failure why
     */
    default void onFailed(Recording recording, IOException failure) {}
}
