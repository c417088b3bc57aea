package dev.millrace.liveserver;

import dev.millrace.hls.packager.HlsListener;
import dev.millrace.media.Codec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the HLS events of one stream. */
final class HlsLog implements HlsListener {

    private static final Logger LOG = LoggerFactory.getLogger(HlsLog.class);

    private final String name;

    HlsLog(String name) {
        this.name = name;
    }

    @Override
    public void onSegmentLost(String reason) {
        LOG.warn("HLS segment lost stream={} reason={}", name, reason);
    }

    @Override
    public void onTrackRefused(Codec codec, String reason) {
        LOG.info("HLS track refused stream={} codec={} reason={}", name, codec, reason);
    }

    @Override
    public void onEnded() {
        LOG.info("HLS ended stream={}", name);
    }

    @Override
    public void onOpenFailed(Throwable failure) {
        LOG.warn("HLS not opened stream={} failure={}", name, failure.toString());
    }

    @Override
    public void onDiscardFailed(Throwable failure) {
        LOG.warn("HLS segments not deleted stream={} failure={}", name, failure.toString());
    }
}
