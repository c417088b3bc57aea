package dev.millrace.recording;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/** Opens the files of a recording. Called by one recorder at a time, on its executor; may block. */
@FunctionalInterface
public interface RecordingStore {

    /**
     * Opens a channel for one file.
     *
     * @param part 1 for the first file of a recording, 2 for the next where files are rolled
     * @return a channel that the recorder closes. If it is a {@link java.nio.channels.SeekableByteChannel}, duration,
     *     size and keyframe index are written into the file's metadata at its end
     * @throws IOException if the file cannot be opened; the recording ends
     */
    WritableByteChannel open(int part) throws IOException;
}
