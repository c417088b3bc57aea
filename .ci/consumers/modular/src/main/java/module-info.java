/** Asks for nothing of Netty, whose buffers it uses: the libraries pass on what is in their signatures. */
module dev.millrace.consumer {
    requires dev.millrace.flv;
    requires dev.millrace.hls;
    requires dev.millrace.rtmp;
}
