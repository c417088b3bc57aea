/** Live HLS from live frames: MPEG-TS segments and playlists on any storage. Nothing is exported yet. */
module dev.millrace.hls {
    requires transitive dev.millrace.flv;
}
