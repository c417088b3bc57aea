package dev.millrace.hls.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.codec.nal.NalUnits;
import dev.millrace.flv.AudioTag;
import dev.millrace.flv.FlvReader;
import dev.millrace.flv.FlvTag;
import dev.millrace.flv.TagTrack;
import dev.millrace.flv.VideoTag;
import dev.millrace.hls.testkit.TsReader;
import dev.millrace.hls.ts.TsOptions;
import dev.millrace.media.Bytes;
import dev.millrace.media.FrameRole;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files made by FFmpeg 8: all that is in them comes out again, in segments that are right. */
class MediaFilesSegmentTest {

    private static final TsOptions ALL = TsOptions.DEFAULT.withHevc(true).withAc3(true);

    @ParameterizedTest
    @CsvSource({
        "avc-high-bframes-aac, avc1.64001e mp4a.40.2",
        "aac-only,             mp4a.40.2",
        "avc-ac3,              avc1.64001e ac-3",
        "hevc-aac,             hvc1.1.6.L63.90 mp4a.40.2",
        "mp3-only,             mp4a.40.34"
    })
    void everyFrameComesOut(String name, String codecs) throws Exception {
        Play play = new Play(SegmenterOptions.DEFAULT, ALL, OptionalInt.empty());
        play.begin();
        List<Bytes> slices = new ArrayList<>();
        List<Bytes> sounds = new ArrayList<>();
        for (MediaFrame frame : frames(name)) {
            play.nowMillis += 10;
            play.frames(frame);
            if (frame.role() == FrameRole.CODED) {
                remember(frame, slices, sounds);
            }
        }
        play.end();
        TsReader reader = play.check();
        assertEquals(codecs, String.join(" ", play.segments.get(0).facts().codecs()));
        assertEquals(slices.size(), reader.video().size());
        for (int i = 0; i < slices.size(); i++) {
            assertTrue(reader.video().get(i).nalUnits().contains(slices.get(i)), "access unit " + i);
        }
        assertEquals(Unpooled.wrappedBuffer(sounds.stream().map(Bytes::asByteBuf).toArray(io.netty.buffer.ByteBuf[]::new)), sound(reader));
        assertEquals(0, play.segmenter.statistics().skipped());
    }

    /** Of each video frame the last NAL unit, which is a slice; of audio all. */
    private static void remember(MediaFrame frame, List<Bytes> slices, List<Bytes> sounds) throws Exception {
        byte[] message = frame.toByteArray();
        boolean video = frame.kind() == MediaKind.VIDEO;
        TagTrack track = (video ? VideoTag.parse(message).tracks() : AudioTag.parse(message).tracks()).get(0);
        Bytes body = Bytes.copyOf(message).slice(track.bodyOffset(), track.bodyLength());
        if (!video) {
            sounds.add(body);
            return;
        }
        NalUnits units = new NalUnits();
        units.scan(body, 0, body.size(), /* nalUnitLengthBytes= */ 4);
        slices.add(units.get(units.count() - 1));
    }

    private static io.netty.buffer.ByteBuf sound(TsReader reader) {
        boolean aac = !reader.aac().isEmpty();
        List<Bytes> frames = aac
                ? reader.aacFrames()
                : reader.pesPackets().stream().filter(pes -> pes.streamId() >> 4 != 0xE).map(pes -> pes.payload()).toList();
        return Unpooled.wrappedBuffer(frames.stream().map(Bytes::asByteBuf).toArray(io.netty.buffer.ByteBuf[]::new));
    }

    static List<MediaFrame> frames(String name) throws Exception {
        FlvReader reader = new FlvReader();
        reader.append(Unpooled.wrappedBuffer(resource(name + ".flv")));
        reader.end();
        List<MediaFrame> frames = new ArrayList<>();
        for (Optional<FlvTag> tag = reader.read(); tag.isPresent(); tag = reader.read()) {
            frames.add(tag.get().toFrame());
        }
        return frames;
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = MediaFilesSegmentTest.class.getResourceAsStream("/media/" + name)) {
            return in.readAllBytes();
        }
    }
}
