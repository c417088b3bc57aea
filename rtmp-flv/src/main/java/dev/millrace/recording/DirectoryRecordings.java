package dev.millrace.recording;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;

/**
 * Stores the recordings of one stream in a folder. File names are generated from the safe characters of the stream's
 * name, a checksum of the name, the time and the part, as in {@code live_test123-0f3c9a11-20260219T080000123Z-1.flv}.
 * Existing files are never overwritten.
 */
public final class DirectoryRecordings implements RecordingStore {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int MAX_READABLE = 80;

    private final Path directory;
    private final String streamName;
    private final InstantSource clock;

    /**
     * Creates a store for one stream.
     *
     * @param directory the folder; created with its parents when the first file is opened
     * @param streamName any text; path separators in it are replaced
     * @param clock the source of the time in file names
     */
    public DirectoryRecordings(Path directory, String streamName, InstantSource clock) {
        this.directory = Objects.requireNonNull(directory, "directory");
        this.streamName = Objects.requireNonNull(streamName, "streamName");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    @Override
    public SeekableByteChannel open(int part) throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve(fileName(clock.instant(), part));
        return Files.newByteChannel(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    private String fileName(Instant now, int part) {
        String readable = streamName.replaceAll("[^A-Za-z0-9-]+", "_");
        String cut = readable.substring(0, Math.min(readable.length(), MAX_READABLE));
        return String.format(Locale.ROOT, "%s-%08x-%s-%d.flv", cut, streamName.hashCode(), TIME.format(now), part);
    }
}
