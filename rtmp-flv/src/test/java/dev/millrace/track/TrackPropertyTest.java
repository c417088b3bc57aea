package dev.millrace.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import dev.millrace.recording.FlvRecorder;
import dev.millrace.recording.MemoryRecordings;
import dev.millrace.recording.RecordingListener;
import dev.millrace.recording.RecordingOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever is published, those who follow a stream throw nothing, keep their bounds, and what is recorded can be read. */
class TrackPropertyTest {

    /** A message as it comes: type 8, 9 or 18. */
    record Message(int typeId, long millis, byte[] body) {

        Optional<MediaFrame> frame() {
            try {
                return Optional.of(switch (typeId) {
                    case 8 -> FlvFrames.audio(millis, body.clone());
                    case 9 -> FlvFrames.video(millis, body.clone());
                    default -> DataMessages.frame(millis, body.clone());
                });
            } catch (MalformedException refused) {
                return Optional.empty();
            }
        }
    }

    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
    void tracksStayWithinTheirBounds(@ForAll("messages") List<Message> messages) {
        StreamTracks tracks = new StreamTracks();
        int sent = 0;
        for (MediaFrame frame : frames(messages)) {
            tracks.onFrame(frame);
            sent += FlvFrames.split(frame).size();
        }
        assertTrue(tracks.tracks().size() <= 2 * StreamHeaders.MAX_TRACKS);
        assertTrue(tracks.brokenMessages() <= sent, () -> tracks.brokenMessages() + " broken");
        assertEquals(tracks.video().isPresent(), tracks.tracks().stream().anyMatch(track -> track instanceof VideoTrack && track.trackId() == 0));
        for (Track track : tracks.tracks()) {
            assertTrue(track.kilobitsPerSecond().orElse(0) >= 0, track::toString);
            assertTrue(!(track instanceof VideoTrack video) || video.width() >= 0 && video.height() >= 0, track::toString);
        }
    }

    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
    void theLatestKeyframeIsNeverEmpty(@ForAll("messages") List<Message> messages) {
        LatestKeyframe latest = new LatestKeyframe();
        for (MediaFrame frame : frames(messages)) {
            Optional<Keyframe> before = latest.get();
            long broken = latest.brokenKeyframes();
            latest.onFrame(frame);
            if (!frame.isKeyframe()) {
                assertEquals(before, latest.get());
            }
            assertTrue(latest.brokenKeyframes() == broken || latest.get().equals(before), "either broken, or taken");
            latest.get().ifPresent(keyframe -> assertTrue(keyframe.accessUnit().size() > 0));
        }
    }

    /** Headers of many tracks are left out: a live stream takes them apart before its subscribers see them. */
    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void whateverIsRecordedCanBeRead(@ForAll("messages") List<Message> messages) throws Exception {
        MemoryRecordings store = new MemoryRecordings();
        FlvRecorder recorder = new FlvRecorder(store, RecordingOptions.DEFAULT, RecordingListener.NONE);
        recorder.onStart(StreamHeaders.EMPTY);
        List<Bytes> media = new ArrayList<>();
        for (MediaFrame frame : frames(messages)) {
            for (MediaFrame single : switch (frame.role()) {
                case SEQUENCE_HEADER, CONFIGURATION -> FlvFrames.split(frame);
                default -> List.of(frame);
            }) {
                recorder.onFrame(single);
            }
            if (isMedia(frame)) {
                media.add(Bytes.takeOver(frame.toByteArray()));
            }
        }
        recorder.onEnd(EndReason.UNPUBLISHED);
        List<Bytes> recorded = new ArrayList<>();
        for (Bytes file : store.files()) {
            for (FlvTag tag : tags(file)) {
                MediaFrame frame = tag.toFrame();
                if (isMedia(frame)) {
                    recorded.add(tag.body());
                }
            }
        }
        assertEquals(media, recorded);
    }

    private static boolean isMedia(MediaFrame frame) {
        return switch (frame.role()) {
            case CODED, SILENCE, COMMAND, SEQUENCE_END -> true;
            default -> false;
        };
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

    private static List<MediaFrame> frames(List<Message> messages) {
        return messages.stream().map(Message::frame).flatMap(Optional::stream).toList();
    }

    /** Headers by name with a byte flipped or cut off, headers before anything, and anything. */
    @Provide
    Arbitrary<List<Message>> messages() {
        Arbitrary<byte[]> legal = Arbitraries.of(LEGAL).map(TrackedBuffers::bytes);
        Arbitrary<byte[]> flipped = Combinators.combine(legal, Arbitraries.integers().between(0, 63), Arbitraries.bytes())
                .as((message, at, value) -> {
                    message[at % message.length] = value;
                    return message;
                });
        Arbitrary<byte[]> cut = Combinators.combine(legal, Arbitraries.integers().between(0, 63))
                .as((message, length) -> Arrays.copyOf(message, length % (message.length + 1)));
        Arbitrary<byte[]> anything = Arbitraries.bytes().array(byte[].class).ofMaxSize(40);
        Arbitrary<byte[]> opened = Combinators.combine(legal, anything).as((message, rest) -> {
            int kept = Math.min(message.length, 5);
            byte[] joined = Arrays.copyOf(message, kept + rest.length);
            System.arraycopy(rest, 0, joined, kept, rest.length);
            return joined;
        });
        Arbitrary<byte[]> bodies = Arbitraries.frequencyOf(
                Tuple.of(4, legal), Tuple.of(3, flipped), Tuple.of(2, cut),
                Tuple.of(2, opened), Tuple.of(1, anything));
        Arbitrary<Long> times = Arbitraries.oneOf(
                Arbitraries.longs().between(0, 10_000),
                Arbitraries.of(0L, -1L, 0xFFFFFFL, 0x7FFFFFFFL, 0x80000000L, 0xFFFFFFFFL, 0x100000000L, (long) Integer.MIN_VALUE));
        return Combinators.combine(Arbitraries.of(8, 9, 9, 18), times, bodies).as(Message::new).list().ofMaxSize(20);
    }

    private static final String[] LEGAL = {
        "1700000000 0164000cffe1001a6764000cacd941419f9f011000000300100000030140f142996001000468ef8fcbfdf8f800",
        "1701000000 00000002 6588", "2701000000 00000002 4188", "1701000000 00000001 6588", "1702000000", "57 00", "12 00", "22 00",
        "1701800000 0000001a 6764000cacd941419f9f011000000300100000030140f1429960 00000004 68ef8fcb 00000002 6588",
        "90 61763031 81010c00 0a0c0200000d2627fb3805f00080", "91 61763031 1200 0a0c0200000d2627fb3895f20080 3203 100000",
        "90 76703039 010000000015820202020000", "91 76703039 824983420027f0167600", "91 76703038 1000009d012a4001b400",
        "93 68766331 00000002 2601", "83 68766331 00000002 2601", "d4 68766331 020009", "d1 00",
        "96 01 61766331 01 000000 00000002 6588", "96 00 61766331 02 0164000cffe000",
        "96 13 61766331 01 000006 00000002 6501 00 000006 00000002 6500",
        "96 10 61766331 00 000007 0164000cffe000 01 000007 0164000cffe000", "97 02 07a120 03 68766331 00000002 2601",
        "af001210", "af012110", "af00 2b920800", "2f fffb9064", "b2 80", "72 00", "90 4f707573 4f70757348656164 01 01 3801 80bb0000 0000 00",
        "91 4f707573 f8b4", "91 61632d33 0b77 0000 14 40 43", "91 65632d33 0b77 00ff 34 80 00", "95 00 2e6d7033 01", "95 01 2e6d7033 01 fffb9064",
        "95 11 6d703461 00 000002 2110 01 000001 21", "94 6d703461 01 06 0000003f",
        "02 000a 6f6e4d65746144617461 08 00000000 0005 7769647468 00 7ff8000000000000 000009",
        "02 000a 6f6e43756550 6f696e74 05"
    };
}
