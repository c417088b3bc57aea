/**
 * Live HLS from live frames: MPEG-TS segments and playlists on any storage (ISO/IEC 13818-1, RFC 8216).
 *
 * <p>Start at {@link dev.millrace.hls.packager.HlsPackager}, which takes the frames of a stream and makes segments and playlists of them, and at
 * {@link dev.millrace.hls.origin.HlsOrigin}, which answers the requests of players. Where segments go is for a
 * {@link dev.millrace.hls.store.SegmentStore} to decide.
 */
module dev.millrace.hls {
    requires transitive dev.millrace.flv;

    exports dev.millrace.hls.crypto;
    exports dev.millrace.hls.origin;
    exports dev.millrace.hls.packager;
    exports dev.millrace.hls.playlist;
    exports dev.millrace.hls.segment;
    exports dev.millrace.hls.store;
    exports dev.millrace.hls.ts;
}
