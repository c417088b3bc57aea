package dev.millrace.examples;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.millrace.rtmp.stream.LiveStream;
import dev.millrace.rtmp.stream.StreamRegistry;
import dev.millrace.rtmp.stream.StreamStatistics;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;

/** The answer to {@code GET /api/v1/rtmp/streams}. */
record StreamList(List<Item> streams) {

    /** One live stream. */
    record Item(
            @JsonProperty("stream_id") String streamId,
            String app,
            String key,
            @JsonProperty("start_time") String startTime,
            @JsonProperty("video_frames") long videoFrames,
            @JsonProperty("audio_frames") long audioFrames,
            int subscribers) {

        static Item of(LiveStream stream) {
            StreamStatistics statistics = stream.statistics();
            return new Item(
                    stream.name().publicForm(),
                    stream.name().app(),
                    stream.name().key(),
                    stream.startTime().truncatedTo(ChronoUnit.SECONDS).toString(),
                    statistics.videoFrames(),
                    statistics.audioFrames(),
                    statistics.subscribers());
        }
    }

    static StreamList of(StreamRegistry registry) {
        return new StreamList(registry.streams().stream()
                .sorted(Comparator.comparing((LiveStream stream) -> stream.name().path()))
                .map(Item::of)
                .toList());
    }
}
