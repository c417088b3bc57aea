package dev.millrace.liveserver.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.track.AudioTrack;
import dev.millrace.track.VideoTrack;

/** Writes the properties of a track as JSON; unknown properties are omitted. */
final class TrackJson {

    private TrackJson() {}

    static void put(VideoTrack track, ObjectNode video) {
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

    static void put(AudioTrack track, ObjectNode audio) {
        audio.put("codec", track.codec().codecName());
        if (track.sampleRateHz() > 0) {
            audio.put("sample_rate", track.sampleRateHz());
            audio.put("channels", track.channels());
        }
        track.kilobitsPerSecond().ifPresent(rate -> audio.put("bitrate_kbps", rate));
    }
}
