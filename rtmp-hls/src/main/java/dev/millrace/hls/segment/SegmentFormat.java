package dev.millrace.hls.segment;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A container format of media segments, as much as storing and serving them needs. Immutable.
 *
 * @param extension the file name extension of its segments and initialization segments, without the dot: 1 to 8 lower-case letters and
 *     digits; two formats with one extension have one media type
 * @param mediaType the media type of its segments and initialization segments, such as {@code video/mp2t}
 * @param hasInitializationSegment whether its segments can only be decoded behind an initialization segment ({@code EXT-X-MAP})
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8216#section-3">RFC 8216, section 3</a>
 */
public record SegmentFormat(String extension, String mediaType, boolean hasInitializationSegment) {

    private static final Pattern EXTENSION = Pattern.compile("[a-z0-9]{1,8}");

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
        if (!EXTENSION.matcher(extension).matches()) {
            throw new IllegalArgumentException("extension " + extension + " is not 1 to 8 lower-case letters and digits");
        }
        if (!MEDIA_TYPE.matcher(mediaType).matches()) {
            throw new IllegalArgumentException("mediaType " + mediaType + " is not a lower-case type, / and subtype");
        }
    }
}
