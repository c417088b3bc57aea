package dev.millrace.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.amf.Amf0Reader;
import dev.millrace.amf.AmfLimits;
import dev.millrace.amf.AmfNumber;
import dev.millrace.amf.AmfObject;
import dev.millrace.amf.AmfProperties;
import dev.millrace.amf.AmfStrictArray;
import dev.millrace.flv.DataMessages;
import dev.millrace.flv.FlvDamage;
import dev.millrace.flv.FlvFrames;
import dev.millrace.flv.FlvReader;
import dev.millrace.flv.FlvTag;
import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.Bytes;
import dev.millrace.media.EndReason;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.StreamHeaders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlvRecorderTest {

    private static final String AVC_HEADER = "1700000000 0164000cffe1001a6764000cacd941419f9f011000000300100000030140f142996001000468ef8fcbfdf8f800";

    private final MemoryRecordings store = new MemoryRecordings();
    private final Heard heard = new Heard();

    /** Remembers what a recorder tells. */
    private static final class Heard implements RecordingListener {

        private final List<Recording> finished = new ArrayList<>();
        private final List<String> failures = new ArrayList<>();

        @Override
        public void onFinished(Recording recording) {
            finished.add(recording);
        }

        @Override
        public void onFailed(Recording recording, IOException failure) {
            failures.add(recording.part() + " " + failure.getMessage());
        }
    }

    private static MediaFrame video(long millis, String hex) throws MalformedException {
        return FlvFrames.video(millis, TrackedBuffers.bytes(hex));
    }

    private static MediaFrame key(long millis) throws MalformedException {
        return video(millis, "1701000000 00000002 6588");
    }

    private static MediaFrame inter(long millis) throws MalformedException {
        return video(millis, "2701000000 00000002 4188");
    }

    private static MediaFrame audio(long millis) throws MalformedException {
        return FlvFrames.audio(millis, TrackedBuffers.bytes("af01cafe"));
    }

    private static StreamHeaders headers() throws MalformedException {
        byte[] metadata = DataMessages.metadata(AmfObject.builder().put("width", 320).put("duration", 0).put("encoder", "x").build());
        return StreamHeaders.EMPTY
                .with(DataMessages.frame(7, metadata))
                .with(video(7, AVC_HEADER))
                .with(FlvFrames.audio(7, TrackedBuffers.bytes("af001210")));
    }

    private static List<FlvTag> tags(Bytes file) throws MalformedException {
        FlvReader reader = new FlvReader();
        reader.append(file.asByteBuf());
        reader.end();
        List<FlvTag> tags = new ArrayList<>();
        for (Optional<FlvTag> tag = reader.read(); tag.isPresent(); tag = reader.read()) {
            tags.add(tag.get());
        }
        assertEquals(FlvDamage.NONE, reader.damage());
        return tags;
    }

    private static List<String> lines(List<FlvTag> tags) {
        return tags.stream().map(tag -> tag.typeId() + "@" + tag.timestampMillis()).toList();
    }

    private static AmfProperties metadata(FlvTag tag) throws MalformedException {
        return (AmfProperties) Amf0Reader.readAll(tag.body().asByteBuf(), AmfLimits.DEFAULT).get(1);
    }

    private FlvRecorder record(RecordingOptions options, MediaFrame... frames) throws MalformedException {
        FlvRecorder recorder = new FlvRecorder(store, options, heard);
        recorder.onStart(headers());
        Stream.of(frames).forEach(recorder::onFrame);
        recorder.onBatchEnd();
        return recorder;
    }

    @Test
    void beginsWithMetadataAndHeadersAndStartsAtZero() throws Exception {
        record(RecordingOptions.DEFAULT, key(5_000), audio(4_990), audio(5_010), inter(5_040)).onEnd(EndReason.UNPUBLISHED);
        List<FlvTag> tags = tags(store.files().get(0));
        assertEquals(List.of("18@0", "9@0", "8@0", "9@0", "8@0", "8@10", "9@40"), lines(tags));
        assertEquals(Bytes.takeOver(TrackedBuffers.bytes(AVC_HEADER)), tags.get(1).body());
        assertEquals(List.of(new Recording(1, Duration.ofMillis(40), store.files().get(0).size(), 1, 0)), heard.finished);
    }

    @Test
    void theEndTellsDurationSizeAndKeyframes() throws Exception {
        record(RecordingOptions.DEFAULT, key(100), inter(140), key(2_100), inter(2_140)).onEnd(EndReason.UNPUBLISHED);
        Bytes file = store.files().get(0);
        AmfProperties properties = metadata(tags(file).get(0));
        assertEquals(2.04, properties.number("duration").orElseThrow());
        assertEquals(file.size(), properties.number("filesize").orElseThrow());
        assertEquals(320, properties.number("width").orElseThrow());
        assertEquals(Optional.of("x"), properties.string("encoder"));
        AmfProperties index = (AmfProperties) properties.get("keyframes").orElseThrow();
        assertEquals(new AmfStrictArray(List.of(new AmfNumber(0), new AmfNumber(2))), index.get("times").orElseThrow());
        for (dev.millrace.amf.AmfValue position : ((AmfStrictArray) index.get("filepositions").orElseThrow()).values()) {
            int at = (int) ((AmfNumber) position).value();
            assertEquals(9, file.byteAt(at), "a video tag");
            assertEquals(0x17, file.byteAt(at + 11), "of a keyframe");
            assertEquals(1, file.byteAt(at + 12), "that is coded");
        }
    }

    @Test
    void whatWasWrittenSoFarIsAWholeFile() throws Exception {
        record(RecordingOptions.DEFAULT, key(100), inter(140));
        assertEquals(List.of("18@0", "9@0", "8@0", "9@0", "9@40"), lines(tags(store.files().get(0))));
        assertEquals(List.of(), heard.finished);
    }

    @Test
    void theIndexHalvesItselfWhenItIsFull() throws Exception {
        RecordingOptions options = new RecordingOptions(Optional.empty(), 0, 4);
        FlvRecorder recorder = record(options);
        for (int i = 0; i < 11; i++) {
            recorder.onFrame(key(1_000 * i));
        }
        recorder.onEnd(EndReason.UNPUBLISHED);
        AmfProperties index = (AmfProperties) metadata(tags(store.files().get(0)).get(0)).get("keyframes").orElseThrow();
        List<AmfNumber> times = List.of(new AmfNumber(0), new AmfNumber(4), new AmfNumber(8));
        assertEquals(new AmfStrictArray(times), index.get("times").orElseThrow());
        assertEquals(11, heard.finished.get(0).keyframes());
    }

    @Test
    void rollsAtAKeyframeWithHeadersAgain() throws Exception {
        record(
                        RecordingOptions.DEFAULT.rollAfter(Duration.ofMillis(80)),
                        key(0), inter(40), inter(80), audio(90), inter(120), key(160), audio(170))
                .onEnd(EndReason.UNPUBLISHED);
        assertEquals(List.of("18@0", "9@0", "8@0", "9@0", "9@40", "9@80", "8@90", "9@120"), lines(tags(store.files().get(0))));
        assertEquals(List.of("18@0", "9@0", "8@0", "9@0", "8@10"), lines(tags(store.files().get(1))));
        assertEquals(List.of(1, 2), heard.finished.stream().map(Recording::part).toList());
    }

    @Test
    void rollsBySizeAtAnyFrameWhereThereIsNoVideo() throws Exception {
        FlvRecorder recorder = new FlvRecorder(store, RecordingOptions.DEFAULT.rollAfterBytes(1), heard);
        recorder.onStart(StreamHeaders.EMPTY);
        recorder.onFrame(audio(0));
        recorder.onFrame(audio(20));
        recorder.onEnd(EndReason.UNPUBLISHED);
        assertEquals(2, store.files().size());
        assertEquals(4, store.files().get(0).byteAt(4), "flags say audio only");
    }

    @Test
    void aHeaderThatChangesIsKeptWhereItCame() throws Exception {
        MediaFrame changed = video(60, AVC_HEADER.replace("f142996001", "f142996101"));
        record(RecordingOptions.DEFAULT, key(0), changed, key(60)).onEnd(EndReason.UNPUBLISHED);
        List<FlvTag> tags = tags(store.files().get(0));
        assertEquals(List.of("18@0", "9@0", "8@0", "9@0", "9@60", "9@60"), lines(tags));
        assertFalse(tags.get(4).body().equals(tags.get(1).body()));
    }

    @Test
    void lossesAreCounted() throws Exception {
        FlvRecorder recorder = record(RecordingOptions.DEFAULT, key(0));
        recorder.onGap(5);
        recorder.onEnd(EndReason.UNPUBLISHED);
        assertEquals(5, heard.finished.get(0).lostFrames());
    }

    @Test
    void aStreamWithoutFramesMakesNoFile() throws Exception {
        record(RecordingOptions.DEFAULT).onEnd(EndReason.UNPUBLISHED);
        assertEquals(List.of(), store.files());
        assertEquals(List.of(), heard.finished);
    }

    @Test
    void aStoreThatFailsEndsTheRecording() throws Exception {
        RecordingStore full = part -> new WritableByteChannel() {
            @Override
            public int write(ByteBuffer source) throws IOException {
                throw new IOException("no space left");
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() throws IOException {
                throw new IOException("and it cannot be closed");
            }
        };
        FlvRecorder recorder = new FlvRecorder(full, RecordingOptions.DEFAULT, heard);
        recorder.onStart(headers());
        recorder.onFrame(key(0));
        assertThrows(UncheckedIOException.class, recorder::onBatchEnd);
        assertEquals(List.of("1 no space left"), heard.failures);
        recorder.onEnd(EndReason.FAILED);
        assertEquals(List.of("1 no space left"), heard.failures);
    }

    @Test
    void aStoreWithoutAPlaceEndsTheRecording() {
        RecordingStore none = part -> {
            throw new IOException("no place");
        };
        FlvRecorder recorder = new FlvRecorder(none, RecordingOptions.DEFAULT, heard);
        assertThrows(UncheckedIOException.class, () -> recorder.onFrame(audio(0)));
        assertEquals(List.of("1 no place"), heard.failures);
    }

    @Test
    void namesInAFolderAreGenerated(@TempDir Path folder) throws Exception {
        InstantSource clock = InstantSource.fixed(Instant.parse("2026-02-19T08:00:00.123Z"));
        Path inner = folder.resolve("recordings");
        new DirectoryRecordings(inner, "../../etc/pass\u202ewd", clock).open(1).close();
        new DirectoryRecordings(inner, "live/test123", clock).open(2).close();
        new DirectoryRecordings(inner, "x".repeat(500), clock).open(1).close();
        try (Stream<Path> files = Files.list(inner)) {
            List<String> names = files.map(path -> path.getFileName().toString()).sorted().toList();
            assertEquals(3, names.size());
            assertTrue(names.get(0).startsWith("_etc_pass_wd-"), names.toString());
            assertTrue(names.get(1).matches("live_test123-[0-9a-f]{8}-20260219T080000123Z-2\\.flv"), names.toString());
            assertTrue(names.get(2).length() < 130, names.toString());
        }
        assertThrows(java.nio.file.FileAlreadyExistsException.class, () -> new DirectoryRecordings(inner, "live/test123", clock).open(2));
    }
}
