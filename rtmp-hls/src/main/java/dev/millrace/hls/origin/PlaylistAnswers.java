package dev.millrace.hls.origin;

import dev.millrace.hls.packager.HlsSnapshot;
import dev.millrace.hls.playlist.PlaylistText;
import java.nio.ByteBuffer;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Answers requests for playlists. Immutable. */
final class PlaylistAnswers {

    /** IMF-fixdate (RFC 9110, 5.6.7). */
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private final Answers answers;

    PlaylistAnswers(Answers answers) {
        this.answers = answers;
    }

    /**
     * Answers from a snapshot that lists at least one segment.
     *
     * @param query is appended to the URIs in the playlist
     */
    HlsResponse answer(HlsRequest request, HlsSnapshot snapshot, RequestedFile.Playlist which, Optional<String> query) {
        boolean gzip = query.isEmpty() && AcceptEncoding.prefersGzip(request.header("accept-encoding"));
        String tag = entityTag(snapshot, gzip);
        Map<String, String> headers = headers(snapshot, which, gzip, tag);
        Optional<String> ifMatch = request.header("if-match");
        if (ifMatch.isPresent() && !EntityTags.stronglyContains(ifMatch.get(), tag)) {
            return answers.preconditionFailed();
        }
        if (EntityTags.weaklyContains(request.header("if-none-match").orElse(""), tag)) {
            return answers.notModified(headers);
        }
        PlaylistText text = which == RequestedFile.Playlist.MEDIA ? snapshot.mediaText() : snapshot.multivariantText();
        List<ByteBuffer> content = gzip ? List.of(text.gzip()) : query.map(text::bytesWithQuery).orElseGet(text::bytes);
        return answers.of(200, headers, new HlsBody.Bytes(content));
    }

    /** The version restarts with the process, so the time is included. The two codings are two representations (RFC 9110, 8.8.3.3). */
    private static String entityTag(HlsSnapshot snapshot, boolean gzip) {
        String version = Long.toHexString(snapshot.version()) + '-' + Long.toHexString(snapshot.lastModified().toEpochMilli());
        return '"' + version + (gzip ? "-gzip\"" : "\"");
    }

    private static Map<String, String> headers(HlsSnapshot snapshot, RequestedFile.Playlist which, boolean gzip, String tag) {
        int targetSeconds = snapshot.media().targetDurationSeconds();
        // A media playlist is outdated with the next segment; the bandwidths of the multivariant playlist seldom change.
        int maxAgeSeconds = which == RequestedFile.Playlist.MEDIA ? Math.max(1, targetSeconds / 2) : targetSeconds;
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/vnd.apple.mpegurl");
        if (gzip) {
            headers.put("Content-Encoding", "gzip");
        }
        headers.put("Cache-Control", "max-age=" + maxAgeSeconds);
        headers.put("ETag", tag);
        headers.put("Last-Modified", HTTP_DATE.format(snapshot.lastModified()));
        headers.put("Vary", "Accept-Encoding");
        return headers;
    }
}
