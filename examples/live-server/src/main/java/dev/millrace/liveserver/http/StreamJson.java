package dev.millrace.liveserver.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.amf.Amf0Reader;
import dev.millrace.amf.AmfLimits;
import dev.millrace.amf.AmfProperties;
import dev.millrace.amf.AmfValue;
import dev.millrace.hls.origin.HlsOrigin;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaFrame;
import dev.millrace.rtmp.connection.RtmpConnection;
import dev.millrace.rtmp.stream.LiveStream;
import dev.millrace.rtmp.stream.StreamName;
import dev.millrace.rtmp.stream.StreamStatistics;
import dev.millrace.track.AudioTrack;
import dev.millrace.track.StreamTracks;
import dev.millrace.track.Track;
import dev.millrace.track.VideoTrack;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.Request;

/** Streams as JSON. Unknown properties are omitted. Thread-safe. */
final class StreamJson {

    static final String STREAMS = "/api/v1/rtmp/streams";

    private static final int MAX_ENCODER_CHARS = 128;

    private final LiveStreams streams;
    private final RtmpClients clients;
    private final FlvViewers flvViewers;
    private final Optional<HlsOrigin> hls;
    private final int rtmpPort;
    private final InstantSource clock;

    StreamJson(LiveStreams streams, RtmpClients clients, FlvViewers flvViewers, Optional<HlsOrigin> hls, int rtmpPort, InstantSource clock) {
        this.streams = streams;
        this.clients = clients;
        this.flvViewers = flvViewers;
        this.hls = hls;
        this.rtmpPort = rtmpPort;
        this.clock = clock;
    }

    /** All streams, by name. */
    ObjectNode list(Request request) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode list = answer.putArray("streams");
        streams.streams().stream()
                .sorted(Comparator.comparing((LiveStream stream) -> stream.streamName().path()))
                .forEach(stream -> list.add(summary(stream, request)));
        return answer;
    }

    /** One stream with all its tracks. */
    ObjectNode detail(LiveStream stream, Request request) {
        ObjectNode item = summary(stream, request);
        ArrayNode tracks = item.putArray("tracks");
        streams.tracksOf(stream).tracks().forEach(track -> add(track, tracks.addObject()));
        return item;
    }

    private ObjectNode summary(LiveStream stream, Request request) {
        StreamStatistics statistics = stream.statistics();
        StreamTracks tracks = streams.tracksOf(stream);
        int flv = flvViewers.of(stream);
        ObjectNode item = JsonNodeFactory.instance.objectNode();
        item.put("stream_id", stream.name());
        item.put("app", stream.streamName().app());
        item.put("key", stream.streamName().key());
        item.put("start_time", stream.startTime().truncatedTo(ChronoUnit.SECONDS).toString());
        item.put("video_frames", statistics.videoFrames());
        item.put("audio_frames", statistics.audioFrames());
        int segments = hls.map(origin -> origin.viewers(stream.name())).orElse(0);
        item.put("subscribers", statistics.players() + flv + segments);
        ObjectNode byKind = item.putObject("subscribers_by_kind");
        byKind.put("rtmp", statistics.players());
        byKind.put("http_flv", flv);
        byKind.put("hls", segments);
        byKind.put("recorder", streams.recordersOf(stream));
        item.put("uptime_ms", Math.max(0, Duration.between(stream.startTime(), clock.instant()).toMillis()));
        item.put("bytes_received", statistics.bytes());
        item.put("lost_frames", statistics.lostFrames());
        tracks.video().ifPresent(video -> TrackJson.put(video, item.putObject("video")));
        tracks.audio().ifPresent(audio -> TrackJson.put(audio, item.putObject("audio")));
        clients.publisherOf(stream).ifPresent(connection -> add(connection, stream, item.putObject("publisher")));
        addLinks(stream.streamName(), request, item.putObject("links"));
        return item;
    }

    private static void add(RtmpConnection connection, LiveStream stream, ObjectNode publisher) {
        publisher.put("address", shown(connection.remoteAddress()));
        stream.headers().metadata().flatMap(StreamJson::encoder).ifPresent(encoder -> publisher.put("encoder", encoder));
    }

    private static String shown(SocketAddress address) {
        if (!(address instanceof InetSocketAddress socket)) {
            return address.toString();
        }
        String host = socket.getAddress() == null ? socket.getHostString() : socket.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + socket.getPort();
    }

    /** What the encoder calls itself. Text from a client. */
    private static Optional<String> encoder(MediaFrame metadata) {
        try {
            List<AmfValue> values = Amf0Reader.readPrefix(metadata.asByteBuf(), AmfLimits.DEFAULT, 2);
            return values.size() == 2 && values.get(1) instanceof AmfProperties properties
                    ? properties.string("encoder").map(text -> text.substring(0, Math.min(text.length(), MAX_ENCODER_CHARS)))
                    : Optional.empty();
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    private void addLinks(StreamName name, Request request, ObjectNode links) {
        String path = RawPath.encodeSegments(name.path());
        links.put("rtmp", "rtmp://" + Request.getServerName(request) + ":" + rtmpPort + "/" + path);
        if (hls.isPresent()) {
            links.put("hls", "/hls/" + RawPath.encodeSegments(name.publicForm()) + "/index.m3u8");
        }
        links.put("flv", "/" + path + ".flv");
        links.put("snapshot", STREAMS + "/" + RawPath.encode(name.publicForm()) + "/snapshot");
    }

    private static void add(Track track, ObjectNode item) {
        item.put("track_id", track.trackId());
        if (track instanceof VideoTrack video) {
            item.put("kind", "video");
            TrackJson.put(video, item);
        } else if (track instanceof AudioTrack audio) {
            item.put("kind", "audio");
            TrackJson.put(audio, item);
        } else {
            throw new AssertionError(track.getClass());
        }
        track.codecString().ifPresent(text -> item.put("codec_string", text));
    }
}
