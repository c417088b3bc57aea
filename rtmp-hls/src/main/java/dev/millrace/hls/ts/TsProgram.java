package dev.millrace.hls.ts;

import dev.millrace.media.MediaKind;
import dev.millrace.sample.TrackFormat;
import java.util.List;
import java.util.Optional;

/**
 * The elementary streams of a segment, as in its program map table (ISO/IEC 13818-1, 2.4.4.8). Immutable.
 *
 * @param video H.264 or H.265, or empty
 * @param audio a coding of sound, or empty
 * @param timedId3 whether there is a stream for ID3 tags
 */
record TsProgram(Optional<TsCodec> video, Optional<TsCodec> audio, boolean timedId3) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if there is neither video nor audio, or one of them is of the other kind
     */
    TsProgram {
        if (video.isEmpty() && audio.isEmpty()) {
            throw new IllegalArgumentException("a program without video and audio, wanted one of them or both");
        }
        if (video.isPresent() && !video.get().isVideo()) {
            throw new IllegalArgumentException("video " + video.get() + " is not AVC or HEVC");
        }
        if (audio.isPresent() && audio.get().isVideo()) {
            throw new IllegalArgumentException("audio " + audio.get() + " codes pictures");
        }
    }

    /** The program of these tracks. Codings that a transport stream cannot carry are left out. */
    static TsProgram of(List<TrackFormat> formats, boolean timedId3) {
        return new TsProgram(codec(formats, MediaKind.VIDEO), codec(formats, MediaKind.AUDIO), timedId3);
    }

    private static Optional<TsCodec> codec(List<TrackFormat> formats, MediaKind kind) {
        return formats.stream().filter(format -> format.kind() == kind).findFirst().flatMap(TsCodec::of);
    }
}
