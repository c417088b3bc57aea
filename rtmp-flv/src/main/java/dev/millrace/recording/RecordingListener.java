package dev.millrace.recording;

import java.io.IOException;

/** Receives the result of each recorded file. Called on the recorder's executor. */
public interface RecordingListener {

    /** Ignores all events. */
    RecordingListener NONE = new RecordingListener() {};

    /**
     * Called when a file is complete and closed.
     *
     * @param recording the facts of the file
     */
    default void onFinished(Recording recording) {}

    /**
     * Called when the store has failed. The recording ends; the stream continues.
     *
     * @param recording the facts of the file so far; it is valid up to its last whole tag
     * @param failure the exception of the store
     */
    default void onFailed(Recording recording, IOException failure) {}
}
