package dev.millrace.examples;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.rtmp.stream.LiveStream;
import dev.millrace.rtmp.stream.StreamStatistics;
import dev.millrace.track.AudioTrack;
import dev.millrace.track.StreamTracks;
import dev.millrace.track.VideoTrack;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;

/** The answer to {@code GET /api/v1/rtmp/streams}. What is not known is left out. */
final class StreamList {

    private StreamList() {}

    static ObjectNode of(WatchedStreams watched) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode list = answer.putArray("streams");
        watched.streams().stream()
                .sorted(Comparator.comparing((LiveStream stream) -> stream.name().path()))
                .forEach(stream -> add(stream, watched.tracksOf(stream), list.addObject()));
        return answer;
    }

    private static void add(LiveStream stream, StreamTracks tracks, ObjectNode item) {
        StreamStatistics statistics = stream.statistics();
        item.put("stream_id", stream.name().publicForm());
        item.put("app", stream.name().app());
        item.put("key", stream.name().key());
        item.put("start_time", stream.startTime().truncatedTo(ChronoUnit.SECONDS).toString());
        item.put("video_frames", statistics.videoFrames());
        item.put("audio_frames", statistics.audioFrames());
        item.put("subscribers", statistics.players());
        tracks.video().ifPresent(video -> add(video, item.putObject("video")));
        tracks.audio().ifPresent(audio -> add(audio, item.putObject("audio")));
    }

    static void add(VideoTrack track, ObjectNode video) {
        video.put("codec", track.codec().codecName());
        track.profile().ifPresent(profile -> video.put("profile", profile));
        if (track.width() > 0) {
            video.put("width", track.width());
            video.put("height", track.height());
        }
        track.framesPerSecond().ifPresent(rate -> video.put("frame_rate", Math.round(rate * 1000) / 1000.0));
        track.kilobitsPerSecond().ifPresent(rate -> video.put("bitrate_kbps", rate));
        track.keyframeIntervalMillis().ifPresent(millis -> video.put("keyframe_interval_ms", millis));
    }

    static void add(AudioTrack track, ObjectNode audio) {
        audio.put("codec", track.codec().codecName());
        if (track.sampleRateHz() > 0) {
            audio.put("sample_rate", track.sampleRateHz());
            audio.put("channels", track.channels());
        }
        track.kilobitsPerSecond().ifPresent(rate -> audio.put("bitrate_kbps", rate));
    }
}
