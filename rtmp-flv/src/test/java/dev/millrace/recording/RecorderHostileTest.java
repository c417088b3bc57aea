package dev.millrace.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.amf.Amf0Reader;
import dev.millrace.amf.AmfEcmaArray;
import dev.millrace.amf.AmfLimits;
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
import dev.millrace.media.FrameInfo;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.StreamHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cases 21 and 59 to 62 of rtmp-core/HOSTILE-INPUTS.md, for a recording. */
class RecorderHostileTest {

    private static final String KEY = "1701000000 00000002 6588";
    private static final String INTER = "2701000000 00000002 4188";

    private final MemoryRecordings store = new MemoryRecordings();
    private final List<Recording> finished = new ArrayList<>();

    private final RecordingListener listener = new RecordingListener() {
        @Override
        public void onFinished(Recording recording) {
            finished.add(recording);
        }
    };

    private FlvRecorder recorder(RecordingOptions options) {
        FlvRecorder recorder = new FlvRecorder(store, options, listener);
        recorder.onStart(StreamHeaders.EMPTY);
        return recorder;
    }

    private static MediaFrame video(long millis, String hex) throws MalformedException {
        return FlvFrames.video(millis, TrackedBuffers.bytes(hex));
    }

    private List<FlvTag> tags(int file) throws MalformedException {
        FlvReader reader = new FlvReader();
        reader.append(store.files().get(file).asByteBuf());
        reader.end();
        List<FlvTag> tags = new ArrayList<>();
        for (Optional<FlvTag> tag = reader.read(); tag.isPresent(); tag = reader.read()) {
            tags.add(tag.get());
        }
        assertEquals(FlvDamage.NONE, reader.damage());
        return tags;
    }

    private AmfProperties metadata(int file) throws MalformedException {
        return (AmfProperties) Amf0Reader.readAll(tags(file).get(0).body().asByteBuf(), AmfLimits.DEFAULT).get(1);
    }

    // Case 21: what is older than the first frame has its time.
    @Test
    void case21JumpsOfTheClockAreTakenOut() throws Exception {
        FlvRecorder recorder = recorder(RecordingOptions.DEFAULT);
        long[] times = {36_000_000, 36_000_040, 0, -5, 35_990_000, 36_000_080};
        for (long millis : times) {
            recorder.onFrame(video(millis, INTER));
        }
        recorder.onEnd(EndReason.UNPUBLISHED);
        assertEquals(List.of(0, 0, 40, 40, 35, 40, 10_120), tags(0).stream().map(FlvTag::timestampMillis).toList());
        assertEquals(Duration.ofMillis(10_120), finished.get(0).duration());
    }

    // Case 59: all headers are there, each in front of its frame, and the file after them begins with the newest.
    @Test
    void case59AHeaderThatChangesWithEachFrameIsKept() throws Exception {
        FlvRecorder recorder = recorder(RecordingOptions.DEFAULT.rollAfter(Duration.ofMillis(40 * 500)));
        List<Bytes> sent = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            for (String body : List.of(String.format("1700000000 0164000c%04x", i), i % 100 == 0 ? KEY : INTER)) {
                recorder.onFrame(video(40 * i, body));
                sent.add(Bytes.takeOver(TrackedBuffers.bytes(body)));
            }
        }
        recorder.onEnd(EndReason.UNPUBLISHED);
        assertEquals(2, store.files().size());
        List<Bytes> recorded = new ArrayList<>();
        recorded.addAll(tags(0).stream().skip(1).map(FlvTag::body).toList());
        List<Bytes> second = tags(1).stream().skip(1).map(FlvTag::body).toList();
        // The header of the keyframe that begins the second file came while the first was open: both have it.
        assertEquals(recorded.get(recorded.size() - 1), second.get(0));
        recorded.addAll(second.subList(1, second.size()));
        assertEquals(sent, recorded);
    }

    // Case 60: composition times are none of the recorder's business.
    @ParameterizedTest
    @ValueSource(strings = {"800000", "7fffff", "000001"})
    void case60CompositionTimesAreKept(String composition) throws Exception {
        FlvRecorder recorder = recorder(RecordingOptions.DEFAULT);
        MediaFrame frame = video(1_000, "1701" + composition + "00000002 6588");
        recorder.onFrame(frame);
        recorder.onEnd(EndReason.UNPUBLISHED);
        FlvTag tag = tags(0).get(1);
        assertEquals(0, tag.timestampMillis());
        assertTrue(tag.toFrame().hasSameContent(frame));
        assertEquals(Duration.ZERO, finished.get(0).duration());
    }

    // Case 61: ten minutes without a keyframe.
    @Test
    void case61WithoutKeyframesAFileGoesOn() throws Exception {
        FlvRecorder recorder = recorder(RecordingOptions.DEFAULT.rollAfter(Duration.ofMinutes(1)));
        for (int i = 0; i <= 15_000; i++) {
            recorder.onFrame(video(40 * i, INTER));
        }
        recorder.onFrame(video(600_040, KEY));
        recorder.onEnd(EndReason.UNPUBLISHED);
        assertEquals(List.of(Duration.ofMinutes(10), Duration.ZERO), finished.stream().map(Recording::duration).toList());
        assertEquals(15_002, tags(0).size());
        assertEquals(2, tags(1).size());
    }

    // Case 61: nothing but keyframes, ten thousand a second.
    @Test
    void case61TheIndexIsBounded() throws Exception {
        FlvRecorder recorder = recorder(RecordingOptions.DEFAULT);
        for (int i = 0; i < 50_000; i++) {
            recorder.onFrame(video(i / 10, KEY));
        }
        recorder.onEnd(EndReason.UNPUBLISHED);
        AmfProperties index = (AmfProperties) metadata(0).get("keyframes").orElseThrow();
        int times = ((AmfStrictArray) index.get("times").orElseThrow()).values().size();
        assertTrue(times > 512 && times <= 1024, () -> times + " keyframes indexed");
        assertEquals(50_000, finished.get(0).keyframes());
        assertTrue(store.files().get(0).size() < 50_000 * (15 + 11) + 20_000, "nothing grew with the keyframes but their tags");
    }

    // Case 62: what the publisher says stays as it is, but for what the recorder knows.
    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, -1, Double.POSITIVE_INFINITY, 1e300})
    void case62TheFileTellsItsOwnDurationAndSize(double said) throws Exception {
        AmfProperties.Builder<AmfEcmaArray> properties = AmfEcmaArray.builder();
        for (String name : List.of("duration", "filesize", "fileSize", "keyframes", "spacer", "framerate", "width")) {
            properties.put(name, said);
        }
        FlvRecorder recorder = new FlvRecorder(store, RecordingOptions.DEFAULT, listener);
        recorder.onStart(StreamHeaders.EMPTY.with(DataMessages.frame(0, DataMessages.metadata(properties.build()))));
        recorder.onFrame(video(0, KEY));
        recorder.onFrame(video(2_000, KEY));
        recorder.onEnd(EndReason.UNPUBLISHED);
        assertEquals(2, metadata(0).number("duration").orElseThrow());
        assertEquals(store.files().get(0).size(), metadata(0).number("filesize").orElseThrow());
        assertEquals(Optional.empty(), metadata(0).get("fileSize"));
        assertTrue(metadata(0).get("keyframes").orElseThrow() instanceof AmfProperties);
        assertEquals(said, metadata(0).number("width").orElseThrow());
    }

    // Case 62: a megabyte of metadata, again and again.
    @Test
    void case62LargeMetadataAreKeptOnceInFrontAndOnceEachTime() throws Exception {
        AmfProperties.Builder<AmfEcmaArray> properties = AmfEcmaArray.builder();
        for (int i = 0; i < 16; i++) {
            properties.put("text" + i, "x".repeat(65_000));
        }
        byte[] body = DataMessages.metadata(properties.build());
        FlvRecorder recorder = recorder(RecordingOptions.DEFAULT);
        for (int i = 0; i < 100; i++) {
            recorder.onFrame(DataMessages.frame(0, body.clone())); // no file is open: only the newest counts
        }
        recorder.onFrame(video(0, KEY));
        for (int i = 0; i < 8; i++) {
            recorder.onFrame(DataMessages.frame(0, body.clone()));
            recorder.onBatchEnd();
        }
        recorder.onEnd(EndReason.UNPUBLISHED);
        assertEquals(List.of(18, 9, 18, 18, 18, 18, 18, 18, 18, 18), tags(0).stream().map(FlvTag::typeId).toList());
        assertEquals(Optional.of("x".repeat(65_000)), metadata(0).string("text15"));
        assertTrue(store.files().get(0).size() < 9 * body.length + 40_000, "nine times and no more");
    }

    // Case 62: metadata that a host made by hand, not even an object.
    @Test
    void case62MetadataAsANumberAreLeftOutOfTheFront() throws Exception {
        FlvRecorder recorder = new FlvRecorder(store, RecordingOptions.DEFAULT, listener);
        byte[] number = TrackedBuffers.bytes("02 000a 6f6e4d65746144617461 00 3ff0000000000000");
        recorder.onStart(StreamHeaders.EMPTY.with(MediaFrame.takeOver(FrameInfo.METADATA, 0, number)));
        recorder.onFrame(video(0, KEY));
        recorder.onEnd(EndReason.UNPUBLISHED);
        assertEquals(List.of("duration", "filesize", "keyframes", "spacer"), List.copyOf(metadata(0).properties().keySet()));
    }
}
