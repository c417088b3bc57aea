package dev.millrace.media;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a decoder needs before the first frame: the metadata and, for each track, the sequence header and the configuration in force.
 *
 * <p>Immutable. A change makes a new value, and a repetition of what is known gives the same object back, so that identity tells whether
 * anything changed.
 */
public final class StreamHeaders {

    /** Nothing known yet. */
    public static final StreamHeaders EMPTY = new StreamHeaders(Optional.empty(), List.of());

    /** Tracks kept of each kind. Encoders send a handful; track identifiers alone would allow 256, each with a header of any size. */
    public static final int MAX_TRACKS = 16;

    private final Optional<MediaFrame> metadata;
    /** Video before audio, each by track identifier. */
    private final List<TrackHeaders> tracks;

    private StreamHeaders(Optional<MediaFrame> metadata, List<TrackHeaders> tracks) {
        this.metadata = metadata;
        this.tracks = tracks;
    }

    /**
     * The newest metadata.
     *
     * @return the {@code onMetaData} message, or empty if none came
     */
    public Optional<MediaFrame> metadata() {
        return metadata;
    }

    /**
     * The tracks that are known by a header.
     *
     * @return video before audio, each in order of track identifier
     */
    public List<TrackHeaders> tracks() {
        return tracks;
    }

    /**
     * One track.
     *
     * @param kind audio or video
     * @param trackId 0 to 255
     * @return what is known of it, or empty
     */
    public Optional<TrackHeaders> track(MediaKind kind, int trackId) {
        for (TrackHeaders track : tracks) {
            if (track.kind() == kind && track.trackId() == trackId) {
                return Optional.of(track);
            }
        }
        return Optional.empty();
    }

    /**
     * Adds a header message, or replaces the one of its track.
     *
     * <p>A new sequence header that differs from the old one forgets the track's configuration, which spoke of the old one.
     *
     * @param header metadata, a sequence header or a configuration, of one track
     * @return the new headers; this object if nothing changed, or if the track would be one more than {@link #MAX_TRACKS} of its kind
     * @throws IllegalArgumentException if {@code header} is none of the three, or holds many tracks
     */
    public StreamHeaders with(MediaFrame header) {
        if (header.info().manyTracks()) {
            throw new IllegalArgumentException("a header of many tracks: split it first");
        }
        return switch (header.role()) {
            case METADATA -> isSame(metadata, header) ? this : new StreamHeaders(Optional.of(header), tracks);
            case SEQUENCE_HEADER, CONFIGURATION -> withTrack(header);
            default -> throw new IllegalArgumentException("not a header: " + header);
        };
    }

    private StreamHeaders withTrack(MediaFrame header) {
        MediaKind kind = header.kind();
        int index = 0;
        int ofThisKind = 0;
        for (TrackHeaders track : tracks) {
            if (track.kind() == kind) {
                ofThisKind++;
            }
            if (track.kind() == MediaKind.VIDEO && kind == MediaKind.AUDIO || track.kind() == kind && track.trackId() < header.trackId()) {
                index++;
            }
        }
        boolean known = index < tracks.size() && tracks.get(index).kind() == kind && tracks.get(index).trackId() == header.trackId();
        if (!known && ofThisKind == MAX_TRACKS) {
            return this;
        }
        TrackHeaders old = known ? tracks.get(index) : new TrackHeaders(kind, header.trackId(), Optional.empty(), Optional.empty());
        TrackHeaders changed = change(old, header);
        if (changed == old) {
            return this;
        }
        List<TrackHeaders> copy = new ArrayList<>(tracks);
        if (known) {
            copy.set(index, changed);
        } else {
            copy.add(index, changed);
        }
        return new StreamHeaders(metadata, List.copyOf(copy));
    }

    private static TrackHeaders change(TrackHeaders old, MediaFrame header) {
        if (header.isSequenceHeader()) {
            return isSame(old.sequenceHeader(), header)
                    ? old
                    : new TrackHeaders(old.kind(), old.trackId(), Optional.of(header), Optional.empty());
        }
        return isSame(old.configuration(), header)
                ? old
                : new TrackHeaders(old.kind(), old.trackId(), old.sequenceHeader(), Optional.of(header));
    }

    /**
     * What somebody who was sent older headers must be sent now.
     *
     * @param sent headers that were sent before, {@link #EMPTY} if none
     * @return the messages of these headers that differ, metadata first, then each track's sequence header before its configuration
     */
    public List<MediaFrame> changesSince(StreamHeaders sent) {
        if (sent == this) {
            return List.of();
        }
        List<MediaFrame> changes = new ArrayList<>();
        addIfChanged(metadata, sent.metadata, changes);
        for (TrackHeaders track : tracks) {
            Optional<TrackHeaders> old = sent.track(track.kind(), track.trackId());
            boolean headerChanged = addIfChanged(track.sequenceHeader(), old.flatMap(TrackHeaders::sequenceHeader), changes);
            addIfChanged(track.configuration(), headerChanged ? Optional.empty() : old.flatMap(TrackHeaders::configuration), changes);
        }
        return changes;
    }

    private static boolean addIfChanged(Optional<MediaFrame> now, Optional<MediaFrame> before, List<MediaFrame> changes) {
        if (now.isEmpty() || isSame(before, now.get())) {
            return false;
        }
        changes.add(now.get());
        return true;
    }

    private static boolean isSame(Optional<MediaFrame> known, MediaFrame other) {
        return known.isPresent() && (known.get() == other || known.get().hasSameContent(other));
    }
}
