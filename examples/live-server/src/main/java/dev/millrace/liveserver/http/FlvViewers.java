package dev.millrace.liveserver.http;

import dev.millrace.rtmp.stream.LiveStream;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The clients of HTTP-FLV, up to a limit. Thread-safe. */
final class FlvViewers {

    private final int max;
    private final Map<FlvViewer, LiveStream> viewers = new ConcurrentHashMap<>();

    FlvViewers(int max) {
        this.max = max;
    }

    /** Takes a viewer in. False if there are too many. */
    synchronized boolean add(FlvViewer viewer, LiveStream stream) {
        if (viewers.size() >= max) {
            return false;
        }
        viewers.put(viewer, stream);
        return true;
    }

    void remove(FlvViewer viewer) {
        viewers.remove(viewer);
    }

    /** How many watch a stream. */
    int of(LiveStream stream) {
        return (int) viewers.values().stream().filter(stream::equals).count();
    }

    int all() {
        return viewers.size();
    }

    /** Ends all responses as if their streams were over. */
    void endAll() {
        Set.copyOf(viewers.keySet()).forEach(FlvViewer::leave);
    }

}
