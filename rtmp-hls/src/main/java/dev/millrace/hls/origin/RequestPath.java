package dev.millrace.hls.origin;

import java.util.Optional;

/**
 * The file of a stream that a path names. The stream's path may be one percent-encoded segment.
 *
 * <pre>
 * /rtmp/live/test123/index.m3u8
 * /rtmp%2Flive%2Ftest123/index.m3u8
 * </pre>
 *
 * @param streamPath decoded once, clean
 * @param file a file that streams have
 */
record RequestPath(String streamPath, RequestedFile file) {

    /** No stream's name is longer than 512 bytes, which is 1,536 characters in full percent-encoding. */
    static final int MAX_CHARS = 2_048;

    /**
     * Parses a raw path.
     *
     * @return empty if no stream can have such a file
     * @throws BadRequestException if the path is too long or its encoding broken, or if a segment is empty, {@code .} or {@code ..}, or has
     *     characters that no name has
     */
    static Optional<RequestPath> parse(String rawPath) throws BadRequestException {
        if (rawPath.length() > MAX_CHARS) {
            throw new BadRequestException("path is longer than " + MAX_CHARS + " characters");
        }
        if (!rawPath.startsWith("/")) {
            throw new BadRequestException("path does not begin with /");
        }
        if (rawPath.indexOf('?') >= 0 || rawPath.indexOf('#') >= 0) {
            throw new BadRequestException("path with a query or a fragment in it");
        }
        int lastSlash = rawPath.lastIndexOf('/');
        String file = PercentEncoding.decode(rawPath.substring(lastSlash + 1));
        if (!file.isEmpty()) {
            checkSegments(file);
        }
        if (lastSlash == 0) {
            return Optional.empty();
        }
        String streamPath = PercentEncoding.decode(rawPath.substring(1, lastSlash));
        checkSegments(streamPath);
        return RequestedFile.of(file).map(known -> new RequestPath(streamPath, known));
    }

    /** After decoding, so that it does not matter how anything was written. */
    private static void checkSegments(String path) throws BadRequestException {
        for (int i = 0; i < path.length(); i += Character.charCount(path.codePointAt(i))) {
            checkCharacter(path.codePointAt(i));
        }
        if (path.contains("${")) {
            throw new BadRequestException("path with ${");
        }
        for (String segment : path.split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                throw new BadRequestException("path with an empty or dotted segment");
            }
        }
    }

    private static void checkCharacter(int codePoint) throws BadRequestException {
        boolean bad = switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> codePoint == '\\' || codePoint == 0xFFFD;
        };
        if (bad) {
            throw new BadRequestException("path with a character that no name has");
        }
    }
}
