package dev.millrace.flv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.Bytes;
import dev.millrace.media.EndReason;
import dev.millrace.media.FrameRole;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import dev.millrace.media.StreamHeaders;
import dev.millrace.recording.FlvRecorder;
import dev.millrace.recording.MemoryRecordings;
import dev.millrace.recording.RecordingListener;
import dev.millrace.recording.RecordingOptions;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.zip.CRC32;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files made by FFmpeg 8, beside what its {@code ffprobe -show_packets -show_data_hash crc32} says of them: kind, track, presentation and decoding
 * time, size, key flag and checksum of every packet.
 */
class MediaFilesTest {

    /** What FFmpeg writes at the end of a FLAC track: no frame for anybody. */
    private static final Bytes EMPTY_FLAC_FRAME = Bytes.takeOver(TrackedBuffers.bytes("91 664c6143"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aac-only",
                "av1-opus",
                "avc-aac-two-audio-tracks",
                "avc-ac3",
                "avc-baseline-no-audio",
                "avc-high-bframes-aac",
                "avc-two-video-tracks-aac",
                "hevc-aac",
                "mp3-only",
                "vp9-flac"
            })
    void packetsAreThoseThatFfprobeSees(String name) throws Exception {
        byte[] file = resource(name + ".flv");
        List<String> expected = new String(resource(name + ".packets.txt"), StandardCharsets.US_ASCII).lines().toList();
        assertEquals(expected, packets(read(file, () -> file.length)));
        assertEquals(expected, packets(read(file, () -> 1)));
        Random random = new Random(name.hashCode());
        assertEquals(expected, packets(read(file, () -> 1 + random.nextInt(5_000))));
        assertArrayEquals(file, written(read(file, () -> 7_000)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aac-only",
                "av1-opus",
                "avc-aac-two-audio-tracks",
                "avc-ac3",
                "avc-baseline-no-audio",
                "avc-high-bframes-aac",
                "avc-two-video-tracks-aac",
                "hevc-aac",
                "mp3-only",
                "vp9-flac"
            })
    void aRecordingHasAllOfThem(String name) throws Exception {
        byte[] file = resource(name + ".flv");
        MemoryRecordings store = new MemoryRecordings();
        FlvRecorder recorder = new FlvRecorder(store, RecordingOptions.DEFAULT, RecordingListener.NONE);
        recorder.onStart(StreamHeaders.EMPTY);
        for (FlvTag tag : read(file, () -> file.length)) {
            if (!tag.body().equals(EMPTY_FLAC_FRAME)) {
                recorder.onFrame(tag.toFrame());
            }
        }
        recorder.onEnd(EndReason.UNPUBLISHED);
        byte[] recorded = store.files().get(0).toByteArray();
        List<String> expected = new String(resource(name + ".packets.txt"), StandardCharsets.US_ASCII).lines().toList();
        assertEquals(expected, packets(read(recorded, () -> recorded.length)));
    }

    private static List<FlvTag> read(byte[] file, IntSupplier pieceBytes) throws MalformedException {
        FlvReader reader = new FlvReader();
        List<FlvTag> tags = new ArrayList<>();
        int at = 0;
        while (at < file.length) {
            int count = Math.min(pieceBytes.getAsInt(), file.length - at);
            reader.append(Unpooled.wrappedBuffer(file, at, count));
            at += count;
            for (Optional<FlvTag> tag = reader.read(); tag.isPresent(); tag = reader.read()) {
                tags.add(tag.get());
            }
        }
        reader.end();
        assertEquals(Optional.empty(), reader.read());
        assertEquals(FlvDamage.NONE, reader.damage());
        return tags;
    }

    /** The file again, its flags as they were: in all of these files they are what the tags say. */
    private static byte[] written(List<FlvTag> tags) {
        try (TrackedBuffers buffers = new TrackedBuffers()) {
            ByteBuf out = buffers.of();
            boolean audio = tags.stream().anyMatch(tag -> tag.typeId() == 8);
            boolean video = tags.stream().anyMatch(tag -> tag.typeId() == 9);
            FlvWriter.write(new FlvHeader(audio, video), out);
            tags.forEach(tag -> FlvWriter.write(tag, out));
            byte[] bytes = new byte[out.readableBytes()];
            out.readBytes(bytes);
            out.release();
            return bytes;
        }
    }

    private static List<String> packets(List<FlvTag> tags) throws MalformedException {
        List<String> packets = new ArrayList<>();
        for (FlvTag tag : tags) {
            if (tag.body().equals(EMPTY_FLAC_FRAME)) {
                assertThrows(MalformedException.class, tag::toFrame);
                continue;
            }
            MediaFrame frame = tag.toFrame();
            if (frame.role() == FrameRole.CODED) {
                byte[] body = frame.toByteArray();
                List<TagTrack> tracks = frame.kind() == MediaKind.VIDEO ? VideoTag.parse(body).tracks() : AudioTag.parse(body).tracks();
                tracks.forEach(track -> packets.add(line(frame, track, body)));
            }
        }
        return packets;
    }

    private static String line(MediaFrame frame, TagTrack track, byte[] body) {
        CRC32 crc = new CRC32();
        crc.update(body, track.bodyOffset(), track.bodyLength());
        return String.join(
                " ",
                frame.kind().name().toLowerCase(Locale.ROOT),
                String.valueOf(track.trackId()),
                String.valueOf(frame.timestampMillis() + track.compositionTimeMillis()),
                String.valueOf(frame.timestampMillis()),
                String.valueOf(track.bodyLength()),
                frame.isKeyframe() ? "key" : "-",
                String.format("%08x", crc.getValue()));
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = MediaFilesTest.class.getResourceAsStream("/media/" + name)) {
            return in.readAllBytes();
        }
    }
}
