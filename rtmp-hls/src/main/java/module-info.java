/** Live HLS from live frames: MPEG-TS segments and playlists on any storage. */
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
