package dev.millrace.hls.ts;

import java.util.Objects;
import java.util.Optional;

/**
 * The elementary streams of a segment: what its program map table says (ISO/IEC 13818-1, 2.4.4.8). Immutable.
 *
 * @param video H.264 or H.265, or empty
 * @param audio a coding of sound, or empty
 * @param timedId3 whether there is a stream for ID3 tags
 */
public record TsProgram(Optional<TsCodec> video, Optional<TsCodec> audio, boolean timedId3) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if there is neither video nor audio, or one of them is of the other kind
     */
    public TsProgram {
        Objects.requireNonNull(video, "video");
        Objects.requireNonNull(audio, "audio");
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
}
