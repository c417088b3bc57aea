package dev.millrace.hls.playlist;

/** Tags of playlists (RFC 8216, 4.3). */
final class Tags {

    static final String EXTM3U = "#EXTM3U";
    static final String VERSION = "#EXT-X-VERSION";
    static final String INDEPENDENT_SEGMENTS = "#EXT-X-INDEPENDENT-SEGMENTS";
    static final String DEFINE = "#EXT-X-DEFINE";

    static final String TARGETDURATION = "#EXT-X-TARGETDURATION";
    static final String PLAYLIST_TYPE = "#EXT-X-PLAYLIST-TYPE";
    static final String MEDIA_SEQUENCE = "#EXT-X-MEDIA-SEQUENCE";
    static final String DISCONTINUITY_SEQUENCE = "#EXT-X-DISCONTINUITY-SEQUENCE";
    static final String ENDLIST = "#EXT-X-ENDLIST";

    static final String EXTINF = "#EXTINF";
    static final String DISCONTINUITY = "#EXT-X-DISCONTINUITY";
    static final String KEY = "#EXT-X-KEY";
    static final String PROGRAM_DATE_TIME = "#EXT-X-PROGRAM-DATE-TIME";

    static final String BYTERANGE = "#EXT-X-BYTERANGE";
    static final String MAP = "#EXT-X-MAP";
    static final String I_FRAMES_ONLY = "#EXT-X-I-FRAMES-ONLY";
    static final String GAP = "#EXT-X-GAP";
    static final String SKIP = "#EXT-X-SKIP";

    static final String STREAM_INF = "#EXT-X-STREAM-INF";
    static final String MEDIA = "#EXT-X-MEDIA";
    static final String I_FRAME_STREAM_INF = "#EXT-X-I-FRAME-STREAM-INF";

    private Tags() {}
}
