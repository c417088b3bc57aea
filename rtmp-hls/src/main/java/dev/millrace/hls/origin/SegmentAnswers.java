package dev.millrace.hls.origin;

import dev.millrace.hls.crypto.ContentKey;
import dev.millrace.hls.packager.HlsStream;
import dev.millrace.hls.store.SegmentContent;
import dev.millrace.hls.store.ObjectName;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers requests for segments, initialization segments and keys. Immutable. */
final class SegmentAnswers {

    /** A name is never reused, so a cache may keep the bytes for longer than any playlist lists them. */
    private static final int MAX_AGE_SECONDS = 3_600;

    private static final int MAX_AGE_TARGET_DURATIONS = 6;

    private static final String UNKNOWN_MEDIA_TYPE = "application/octet-stream";

    private final Answers answers;

    SegmentAnswers(Answers answers) {
        this.answers = answers;
    }

    /** Returns an object of the stream, or the requested part of it. */
    HlsResponse answer(HlsRequest request, HlsStream stream, ObjectName name, SegmentContent content) {
        String tag = '"' + name.fileName() + '"';
        Optional<String> ifMatch = request.header("if-match");
        if (ifMatch.isPresent() && !EntityTags.stronglyContains(ifMatch.get(), tag)) {
            return answers.preconditionFailed();
        }
        Map<String, String> headers = headers(tag, stream, name);
        if (EntityTags.weaklyContains(request.header("if-none-match").orElse(""), tag)) {
            return answers.notModified(headers);
        }
        RequestedRange range = range(request, tag, content.size());
        if (range instanceof RequestedRange.Unsatisfiable) {
            return answers.rangeNotSatisfiable(content.size());
        }
        if (range instanceof RequestedRange.Part part) {
            headers.put("Content-Range", "bytes " + part.position() + "-" + (part.position() + part.length() - 1) + "/" + content.size());
            return answers.of(206, headers, body(content, part.position(), part.length()));
        }
        return answers.of(200, headers, body(content, 0, content.size()));
    }

    /** Ranges apply to GET only, and with If-Range only to the same object (RFC 9110, 13.1.5, 14.2). */
    private static RequestedRange range(HlsRequest request, String tag, long size) {
        boolean isSame = request.header("if-range").map(tag::equals).orElse(true);
        if (!isSame || !request.method().equals("GET")) {
            return new RequestedRange.Whole();
        }
        return RequestedRange.of(request.header("range").orElse(""), size);
    }

    private static Map<String, String> headers(String tag, HlsStream stream, ObjectName name) {
        int targetSeconds = stream.snapshot().map(known -> known.media().targetDurationSeconds()).orElse(0);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", stream.mediaType(name).orElse(UNKNOWN_MEDIA_TYPE));
        int maxAgeSeconds = Math.max(MAX_AGE_SECONDS, MAX_AGE_TARGET_DURATIONS * targetSeconds);
        headers.put("Cache-Control", "public, max-age=" + maxAgeSeconds + ", immutable");
        headers.put("ETag", tag);
        headers.put("Accept-Ranges", "bytes");
        return headers;
    }

    private static HlsBody body(SegmentContent content, long position, long length) {
        if (content instanceof SegmentContent.InFile inFile) {
            return new HlsBody.FileRegion(inFile.file(), position, length);
        }
        if (content instanceof SegmentContent.InMemory inMemory) {
            return new HlsBody.Bytes(Slices.of(inMemory.chunks(), position, length));
        }
        throw new AssertionError(content.getClass());
    }

    /** Returns a key. Its file is the key itself (RFC 8216, 5). A key with a URI of its own is served elsewhere. */
    HlsResponse answer(Optional<ContentKey> key) {
        Optional<ContentKey> ours = key.filter(found -> found.publicUri().isEmpty());
        if (ours.isEmpty()) {
            return answers.notFound();
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", UNKNOWN_MEDIA_TYPE);
        headers.put("Cache-Control", "private, no-store");
        return answers.of(200, headers, new HlsBody.Bytes(List.of(ByteBuffer.wrap(ours.get().toByteArray()))));
    }
}
