package dev.millrace.hls.segment;

import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A container format of media segments, as much as storing and serving them needs. Immutable.
 *
 * @param extension the file name extension of its segments and initialization segments, without the dot: 1 to 8
 *     lower-case letters and digits, not {@code m3u8} or {@code key}; two formats with one extension have one media
 *     type
 * @param mediaType the media type of its segments and initialization segments, such as {@code video/mp2t}
 * @param hasInitializationSegment whether its segments can only be decoded behind an initialization segment
 *     ({@code EXT-X-MAP})
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8216#section-3">RFC 8216, section 3</a>
 */
public record SegmentFormat(String extension, String mediaType, boolean hasInitializationSegment) {

    private static final Pattern EXTENSION = Pattern.compile("[a-z0-9]{1,8}");

    /** The other files of a stream. */
    private static final Set<String> RESERVED = Set.of("m3u8", "key");

    /** Type and subtype (RFC 9110, 8.3.1). */
    private static final Pattern MEDIA_TYPE = Pattern.compile("[a-z0-9!#$&^_.+-]{1,64}/[a-z0-9!#$&^_.+-]{1,64}");

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if {@code extension} or {@code mediaType} does not have the form given above
     */
    public SegmentFormat {
        Objects.requireNonNull(extension, "extension");
        Objects.requireNonNull(mediaType, "mediaType");
        if (!EXTENSION.matcher(extension).matches() || RESERVED.contains(extension)) {
            throw new IllegalArgumentException("extension " + extension + " is not 1 to 8 lower-case letters and digits, or reserved");
        }
        if (!MEDIA_TYPE.matcher(mediaType).matches()) {
            throw new IllegalArgumentException("mediaType " + mediaType + " is not a lower-case type, / and subtype");
        }
    }
}
