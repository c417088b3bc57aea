package dev.millrace.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.flv.FlvReader;
import dev.millrace.flv.FlvTag;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaKind;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Files made by FFmpeg 8, beside what its {@code ffprobe -show_packets -show_data_hash crc32} says of them: kind, track, presentation and decoding
 * time, size, key flag and checksum of every packet. The formats are what {@code ffprobe -show_streams} says.
 */
class DemuxerFilesTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            aac-only                 | AUDIO 0 mp4a.40.2 48000/1/1024
            av1-opus                 | VIDEO 0 av01.0.01M.08 640x360, AUDIO 0 opus 48000/1/0
            avc-aac-two-audio-tracks | VIDEO 0 avc1.64001e 640x360, AUDIO 0 mp4a.40.2 48000/1/1024, AUDIO 1 mp4a.40.2 48000/1/1024
            avc-ac3                  | VIDEO 0 avc1.64001e 640x360, AUDIO 0 ac-3 48000/1/1536
            avc-baseline-no-audio    | VIDEO 0 avc1.42c01e 640x360
            avc-high-bframes-aac     | VIDEO 0 avc1.64001e 640x360, AUDIO 0 mp4a.40.2 48000/2/1024
            avc-two-video-tracks-aac | VIDEO 0 avc1.64001e 640x360, VIDEO 1 avc1.64000c 320x180, AUDIO 0 mp4a.40.2 48000/1/1024
            hevc-aac                 | VIDEO 0 hvc1.1.6.L63.90 640x360, AUDIO 0 mp4a.40.2 48000/1/1024
            mp3-only                 | AUDIO 0 mp4a.40.34 44100/1/1152
            vp9-flac                 | VIDEO 0 vp09.00.21.08 640x360, AUDIO 0 fLaC 48000/1/0
            """)
    void samplesAndFormatsAreThoseThatFfprobeSees(String name, String formats) throws Exception {
        Collected collected = demux(name);
        List<String> expected = new String(resource(name + ".packets.txt"), StandardCharsets.US_ASCII).lines().toList();
        assertEquals(expected, collected.samples.stream().map(DemuxerFilesTest::line).toList());
        assertEquals(formats, String.join(", ", collected.formats));
    }

    /** Formats as they are at the end, in the order in which the tracks appeared, and all samples. */
    private static final class Collected implements SampleSubscriber {
        private final List<TrackFormat> newest = new ArrayList<>();
        private final List<String> formats = new ArrayList<>();
        private final List<Sample> samples = new ArrayList<>();

        @Override
        public void onFormat(TrackFormat format) {
            newest.removeIf(other -> other.kind() == format.kind() && other.trackId() == format.trackId());
            newest.add(format);
        }

        @Override
        public void onSample(Sample sample) {
            onFormat(sample.format()); // VP9 states the size in its keyframes only
            samples.add(sample);
        }

        private void end() {
            newest.sort((a, b) -> a.kind() != b.kind() ? b.kind().compareTo(a.kind()) : a.trackId() - b.trackId());
            newest.forEach(format -> formats.add(text(format)));
        }

        private static String text(TrackFormat format) {
            String start = format.kind() + " " + format.trackId() + " " + format.codecString().orElse("?") + " ";
            if (format instanceof VideoFormat video) {
                return start + video.width() + "x" + video.height();
            }
            AudioFormat audio = (AudioFormat) format;
            return start + audio.sampleRateHz() + "/" + audio.channels() + "/" + audio.samplesPerFrame();
        }
    }

    private static Collected demux(String name) throws IOException {
        FlvReader reader = new FlvReader();
        reader.append(Unpooled.wrappedBuffer(resource(name + ".flv")));
        reader.end();
        Collected collected = new Collected();
        Demuxer demuxer = new Demuxer(collected);
        for (Optional<FlvTag> tag = reader.read(); tag.isPresent(); tag = reader.read()) {
            try {
                demuxer.onFrame(tag.get().toFrame());
            } catch (MalformedException e) {
                continue; // FFmpeg ends a FLAC track with an empty frame
            }
        }
        collected.end();
        return collected;
    }

    private static String line(Sample sample) {
        Bytes payload = sample.payload();
        CRC32 crc = new CRC32();
        crc.update(payload.toByteArray());
        boolean key = sample.kind() == MediaKind.VIDEO && sample.isRandomAccessPoint();
        return String.join(
                " ",
                sample.kind().name().toLowerCase(Locale.ROOT),
                String.valueOf(sample.trackId()),
                String.valueOf(sample.presentationTimeMicros() / 1_000),
                String.valueOf(sample.decodeTimeMicros() / 1_000),
                String.valueOf(sample.size()),
                key ? "key" : "-",
                String.format("%08x", crc.getValue()));
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = DemuxerFilesTest.class.getResourceAsStream("/media/" + name)) {
            return in.readAllBytes();
        }
    }
}
