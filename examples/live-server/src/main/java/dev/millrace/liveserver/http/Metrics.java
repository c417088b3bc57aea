package dev.millrace.liveserver.http;

import dev.millrace.hls.origin.HlsOrigin;
import dev.millrace.hls.packager.HlsStatistics;
import dev.millrace.rtmp.stream.LiveStream;
import dev.millrace.rtmp.stream.StreamStatistics;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The metrics of the server. There is one label value for each live stream and, with HLS, for each stream
 * that is still served. Counters of a stream start at 0 with each publisher. Thread-safe.
 */
final class Metrics {

    private final LiveStreams streams;
    private final RtmpClients clients;
    private final FlvViewers flvViewers;
    private final Optional<HlsOrigin> hls;

    Metrics(LiveStreams streams, RtmpClients clients, FlvViewers flvViewers, Optional<HlsOrigin> hls) {
        this.streams = streams;
        this.clients = clients;
        this.flvViewers = flvViewers;
        this.hls = hls;
    }

    MetricSnapshots gather() {
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        addServer(all);
        addStreams(all);
        hls.ifPresent(origin -> addHls(all, origin));
        addProcess(all);
        return all.build();
    }

    private void addServer(MetricSnapshots.Builder all) {
        all.metricSnapshot(gauge("millrace_rtmp_connections", "RTMP connections that are open.", clients.connections()));
        all.metricSnapshot(counter("millrace_rtmp_connections_opened", "RTMP connections so far.", clients.openedConnections()));
        all.metricSnapshot(counter("millrace_rtmp_connections_refused", "RTMP connections above a limit.", clients.refusedConnections()));
        all.metricSnapshot(gauge("millrace_publishers", "RTMP clients that publish.", clients.publishers()));
        all.metricSnapshot(gauge("millrace_streams", "Live streams.", streams.streams().size()));
        all.metricSnapshot(gauge("millrace_http_flv_viewers", "HTTP-FLV responses under way.", flvViewers.all()));
    }

    private void addStreams(MetricSnapshots.Builder all) {
        // A stream that ends just now may be there twice: the later one counts.
        Map<String, LiveStream> byName = new LinkedHashMap<>();
        streams.streams().forEach(stream -> byName.put(stream.name(), stream));
        Map<String, StreamStatistics> statistics = new LinkedHashMap<>();
        byName.forEach((name, stream) -> statistics.put(name, stream.statistics()));
        all.metricSnapshot(counters("millrace_stream_video_frames", "Coded video messages published.", statistics, StreamStatistics::videoFrames));
        all.metricSnapshot(counters("millrace_stream_audio_frames", "Coded audio messages published.", statistics, StreamStatistics::audioFrames));
        all.metricSnapshot(counters("millrace_stream_keyframes", "Video messages where decoding can start.", statistics, StreamStatistics::keyframes));
        all.metricSnapshot(counters("millrace_stream_received_bytes", "Message bodies published.", statistics, StreamStatistics::bytes));
        all.metricSnapshot(counters(
                "millrace_stream_lost_frames", "Messages that subscribers lost by being too slow.", statistics, StreamStatistics::lostFrames));
        GaugeSnapshot.Builder subscribers = GaugeSnapshot.builder().name("millrace_stream_subscribers").help("Who takes a stream now, by kind.");
        byName.forEach((name, stream) -> {
            subscribers.dataPoint(subscribers(name, "rtmp", statistics.get(name).players()));
            subscribers.dataPoint(subscribers(name, "http_flv", flvViewers.of(stream)));
            subscribers.dataPoint(subscribers(name, "recorder", streams.recordersOf(stream)));
            hls.ifPresent(origin -> subscribers.dataPoint(subscribers(name, "hls", origin.viewers(name))));
        });
        all.metricSnapshot(subscribers.build());
    }

    private void addHls(MetricSnapshots.Builder all, HlsOrigin origin) {
        Map<String, HlsStatistics> statistics = streams.hlsStatistics();
        all.metricSnapshot(counters("millrace_hls_segments", "Segments listed.", statistics, HlsStatistics::listedSegments));
        all.metricSnapshot(counters("millrace_hls_segment_bytes", "Bytes of segments listed.", statistics, HlsStatistics::listedBytes));
        all.metricSnapshot(counters("millrace_hls_lost_segments", "Segments that were not stored.", statistics, HlsStatistics::lostSegments));
        GaugeSnapshot.Builder viewers = GaugeSnapshot.builder().name("millrace_hls_viewers").help("Sessions that asked a short time ago.");
        statistics.keySet().forEach(name -> viewers.dataPoint(point(Labels.of("stream", name), origin.viewers(name))));
        all.metricSnapshot(viewers.build());
    }

    private static void addProcess(MetricSnapshots.Builder all) {
        long heapBytes = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        all.metricSnapshot(gauge("millrace_jvm_heap_used_bytes", "Java heap in use.", heapBytes));
        all.metricSnapshot(gauge("millrace_jvm_threads", "Java threads.", ManagementFactory.getThreadMXBean().getThreadCount()));
        double uptimeSeconds = ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0;
        all.metricSnapshot(gauge("millrace_process_uptime_seconds", "Time since the process began.", uptimeSeconds));
        if (ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider allocator) {
            all.metricSnapshot(gauge(
                    "millrace_netty_direct_memory_used_bytes", "Memory of Netty's buffers outside the heap.", allocator.metric().usedDirectMemory()));
        }
    }

    private static GaugeDataPointSnapshot subscribers(String stream, String kind, double value) {
        return point(Labels.of("stream", stream, "kind", kind), value);
    }

    private static GaugeSnapshot gauge(String name, String help, double value) {
        return GaugeSnapshot.builder().name(name).help(help).dataPoint(point(Labels.EMPTY, value)).build();
    }

    private static GaugeDataPointSnapshot point(Labels labels, double value) {
        return GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
    }

    private static CounterSnapshot counter(String name, String help, double value) {
        return CounterSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(CounterDataPointSnapshot.builder().value(value).build())
                .build();
    }

    /** One counter a stream. */
    private static <S> CounterSnapshot counters(String name, String help, Map<String, S> byStream, ToDoubleFunction<S> value) {
        CounterSnapshot.Builder counter = CounterSnapshot.builder().name(name).help(help);
        byStream.forEach((stream, statistics) -> counter.dataPoint(
                CounterDataPointSnapshot.builder().labels(Labels.of("stream", stream)).value(value.applyAsDouble(statistics)).build()));
        return counter.build();
    }
}
