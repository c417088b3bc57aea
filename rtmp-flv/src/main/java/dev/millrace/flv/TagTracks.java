package dev.millrace.flv;

import dev.millrace.media.Codec;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaKind;
import dev.millrace.media.StreamHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what an Enhanced message has behind its packet type: which tracks, and where their bodies are.
 *
 * <pre>
 * no multitrack            FourCC | body
 * one track                FourCC | track id (8) | body
 * many tracks              FourCC | { track id (8) | size (24) | body } ...
 * many tracks and codecs   { FourCC | track id (8) | size (24) | body } ...
 * </pre>
 *
 * where a body starts with the composition time (24) if the packet type and the codec have one.
 */
final class TagTracks {

    /** Tracks taken from one message: as many as are kept of a stream. */
    private static final int MAX_TRACKS = StreamHeaders.MAX_TRACKS;

    private static final int COMPOSITION_TIME_BYTES = 3;

    private final MediaKind kind;
    private final boolean composed;
    private final TagReader in;

    /** A reader of one message; {@code composed} if the packet type has a composition time where the codec has one. */
    TagTracks(MediaKind kind, boolean composed, TagReader in) {
        this.kind = kind;
        this.composed = composed;
        this.in = in;
    }

    static boolean hasCompositionTime(Codec codec) {
        return codec == Codec.AVC || codec == Codec.HEVC || codec == Codec.VVC;
    }

    /** At least one track, no identifier twice. */
    List<TagTrack> read(Optional<MultitrackType> multitrack) throws MalformedException {
        if (multitrack.isPresent() && multitrack.get() == MultitrackType.MANY_TRACKS_MANY_CODECS) {
            return readManyCodecs();
        }
        Codec codec = readCodec();
        if (multitrack.isEmpty()) {
            return List.of(readBody(0, codec, in.remaining()));
        }
        if (multitrack.get() == MultitrackType.ONE_TRACK) {
            int trackId = in.unsignedByte("track id");
            return List.of(readBody(trackId, codec, in.remaining()));
        }
        List<TagTrack> tracks = new ArrayList<>();
        do {
            readSized(Optional.of(codec), tracks);
        } while (in.remaining() > 0 && tracks.size() < MAX_TRACKS);
        return tracks;
    }

    private List<TagTrack> readManyCodecs() throws MalformedException {
        List<TagTrack> tracks = new ArrayList<>();
        int fourCc;
        do {
            fourCc = in.fourCc();
            readSized(Codec.ofFourCc(kind, fourCc), tracks);
        } while (in.remaining() > 0 && tracks.size() < MAX_TRACKS);
        if (tracks.isEmpty()) {
            throw unknown(fourCc);
        }
        return tracks;
    }

    /** Reads one track with its size. One whose codec is not known, or whose identifier came before, is passed over. */
    private void readSized(Optional<Codec> codec, List<TagTrack> tracks) throws MalformedException {
        int trackId = in.unsignedByte("track id");
        int size = in.unsignedMedium("track size");
        if (codec.isEmpty() || tracks.stream().anyMatch(track -> track.trackId() == trackId)) {
            in.skip(size, "track " + trackId);
            return;
        }
        tracks.add(readBody(trackId, codec.get(), size));
    }

    private TagTrack readBody(int trackId, Codec codec, int size) throws MalformedException {
        int compositionTimeMillis = 0;
        int length = size;
        if (composed && size > 0 && hasCompositionTime(codec)) {
            if (size < COMPOSITION_TIME_BYTES) {
                throw new MalformedException("track " + trackId + " of " + size + " bytes has no room for a composition time");
            }
            compositionTimeMillis = in.signedMedium("composition time");
            length -= COMPOSITION_TIME_BYTES;
        }
        return new TagTrack(trackId, codec, compositionTimeMillis, in.skip(length, "track " + trackId), length);
    }

    private Codec readCodec() throws MalformedException {
        int fourCc = in.fourCc();
        return Codec.ofFourCc(kind, fourCc).orElseThrow(() -> unknown(fourCc));
    }

    private MalformedException unknown(int fourCc) {
        StringBuilder text = new StringBuilder();
        for (int shift = 24; shift >= 0; shift -= 8) {
            int character = fourCc >> shift & 0xFF;
            boolean plain = character > ' ' && character < 0x7F && character != '\\' && character != '"';
            text.append(plain ? String.valueOf((char) character) : String.format("\\x%02x", character));
        }
        return new MalformedException((kind == MediaKind.VIDEO ? "video" : "audio") + " FourCC \"" + text + "\" is not known");
    }
}
