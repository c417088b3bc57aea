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
 * Puts recordings of one stream into a folder. File names are generated: what of the stream's name is harmless, a checksum of it, the time, and the
 * part, as in {@code live_test123-0f3c9a11-20260219T080000123Z-1.flv}. No file is ever written over.
 */
public final class DirectoryRecordings implements RecordingStore {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int MAX_READABLE = 80;

    private final Path directory;
    private final String streamName;
    private final InstantSource clock;

    /**
     * Makes a store for one stream.
     *
     * @param directory made when the first file is opened, with its parents
     * @param streamName any text; it never becomes a path
     * @param clock for the time in the names
     */
    public DirectoryRecordings(Path directory, String streamName, InstantSource clock) {
        this.directory = Objects.requireNonNull(directory, "directory");
        this.streamName = Objects.requireNonNull(streamName, "streamName");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    @Override
    public SeekableByteChannel open(int part) throws IOException {
        Files.createDirectories(directory);
        return Files.newByteChannel(directory.resolve(fileName(clock.instant(), part)), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    private String fileName(Instant now, int part) {
        String readable = streamName.replaceAll("[^A-Za-z0-9-]+", "_");
        String cut = readable.substring(0, Math.min(readable.length(), MAX_READABLE));
        return String.format(Locale.ROOT, "%s-%08x-%s-%d.flv", cut, streamName.hashCode(), TIME.format(now), part);
    }
}
