package dev.millrace.hls.store;

import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a packager wants back after a restart: the numbers and segments of its playlist. A store keeps the text as it is and gives it no
 * meaning, but for one thing: a segment that is {@linkplain #segments mentioned by its file name} is wanted, any other is not.
 *
 * <p>Immutable.
 *
 * @param text at most {@value #MAX_BYTES} bytes as UTF-8, without unpaired surrogates
 */
public record StoreState(String text) {

    /** Most bytes of a text. A two-hour playlist of 2-second segments takes about a third of it. */
    public static final int MAX_BYTES = 1 << 20;

    private static final Pattern FILE_NAME = Pattern.compile("(?<![0-9A-Za-z])[0-9a-f]{12}-[0-9]{1,19}\\.ts(?![0-9A-Za-z])");

    /**
     * Checks the text.
     *
     * @throws IllegalArgumentException if {@code text} is too long or has an unpaired surrogate, which UTF-8 cannot carry
     */
    public StoreState {
        Objects.requireNonNull(text, "text");
        long bytes = utf8Length(text);
        if (bytes > MAX_BYTES) {
            throw new IllegalArgumentException("state has " + bytes + " bytes, want at most " + MAX_BYTES);
        }
    }

    /**
     * The segments that are to be kept: those whose file names stand in the text, with no letter or digit right before or after.
     *
     * @return a new set
     */
    public Set<SegmentId> segments() {
        return FILE_NAME.matcher(text).results().flatMap(found -> SegmentId.ofFileName(found.group()).stream()).collect(Collectors.toSet());
    }

    /** The size only: keys may stand in the text. */
    @Override
    public String toString() {
        return "StoreState of " + text.length() + " characters";
    }

    private static long utf8Length(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c) || i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw new IllegalArgumentException("state has an unpaired surrogate at character " + i + ", want UTF-16 that is whole");
                }
                i++;
                bytes += 4;
            } else {
                bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
            }
        }
        return bytes;
    }
}
