package dev.millrace.hls.playlist;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One variant of a stream that a player can choose. Immutable.
 *
 * @param uri the URI of its media playlist; rules as for {@link MediaSegment#uri()}
 * @param bandwidth peak of its segments in bits per second, 1 to 2<sup>53</sup> - 1
 * @param averageBandwidth average of its segments in bits per second, 1 to 2<sup>53</sup> - 1; the peak if a parsed playlist does not have it
 * @param codecs names of the formats of all its tracks as RFC 6381 has them, such as {@code avc1.64001f}; 0 to 16, each of 1 to 64 letters,
 *     digits, dots and other characters of a token; copied unless unmodifiable already
 * @param resolution of the video; empty without video, or if unknown
 * @param frameRate pictures per second, 0.001 to 1,000; rounded to three decimals; empty without video, or if unknown
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8216#section-4.3.4.2">RFC 8216, 4.3.4.2</a>
 */
public record Variant(
        String uri, long bandwidth, long averageBandwidth, List<String> codecs, Optional<Resolution> resolution, OptionalDouble frameRate) {

    private static final int MAX_CODECS = 16;
    private static final int MAX_CODEC_CHARS = 64;
    private static final double MAX_FRAME_RATE = 1_000;

    /**
     * Checks the values, and rounds the frame rate.
     *
     * @throws IllegalArgumentException if one of them is outside what is said above
     */
    public Variant {
        PlaylistUri.check(uri);
        Checks.range("BANDWIDTH", bandwidth, 1, Checks.MAX_DECIMAL);
        Checks.range("AVERAGE-BANDWIDTH", averageBandwidth, 1, Checks.MAX_DECIMAL);
        codecs = List.copyOf(codecs);
        Checks.range("number of CODECS", codecs.size(), 0, MAX_CODECS);
        codecs.forEach(Variant::checkCodec);
        Objects.requireNonNull(resolution, "resolution");
        if (frameRate.isPresent()) {
            frameRate = OptionalDouble.of(checkedFrameRate(frameRate.getAsDouble()));
        }
    }

    private static void checkCodec(String codec) {
        Checks.range("length of a name in CODECS", codec.length(), 1, MAX_CODEC_CHARS);
        if (!codec.chars().allMatch(c -> isAsciiLetterOrDigit(c) || "!#$&'*+-.^_`|~%".indexOf(c) >= 0)) {
            throw new IllegalArgumentException("name " + codec + " in CODECS has characters that no token has");
        }
    }

    private static boolean isAsciiLetterOrDigit(int c) {
        return c < 0x80 && Character.isLetterOrDigit(c);
    }

    private static double checkedFrameRate(double frameRate) {
        double rounded = Math.round(frameRate * 1_000) / 1_000.0;
        if (rounded > 0 && rounded <= MAX_FRAME_RATE) {
            return rounded;
        }
        throw new IllegalArgumentException("FRAME-RATE " + frameRate + " is not 0.001 to 1000");
    }
}
