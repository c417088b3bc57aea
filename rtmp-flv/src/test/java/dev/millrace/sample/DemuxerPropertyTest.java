package dev.millrace.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.FlvFrames;
import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.Codec;
import dev.millrace.media.FrameInfo;
import dev.millrace.media.FrameRole;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class DemuxerPropertyTest {

    private static final String[] SEEDS = {
        "1700000000 0164000cffe1001a6764000cacd941419f9f011000000300100000030140f142996001000468ef8fcbfdf8f800",
        "1701000000 00000005 0606018080 00000002 6588",
        "96 21 61766331 00 000009 000014 00000002 6588 68766331 01 00000a 000000 00000003 260180",
        "97 02 07a120 01 61766331 000028 00000002 6588",
        "91 61763031 1200 0a0c0200000d2627fb3805f00080 3202 1000",
        "91 76703039 824983420027f0167600",
        "af00 1210",
        "af01 2100",
        "95 11 4f707573 00 000002 7800 01 000002 7800",
        "91 664c6143 fff8c9a8 00 00",
    };

    /** Everything that a demuxer says, as text. */
    private static List<String> demux(List<MediaFrame> frames) {
        List<String> said = new ArrayList<>();
        Demuxer demuxer = new Demuxer(new SampleSubscriber() {
            @Override
            public void onFormat(TrackFormat format) {
                said.add(format + " " + format.configuration());
            }

            @Override
            public void onSample(Sample sample) {
                said.add(sample + " " + sample.payload() + " " + sample.samples() + " " + elementary(sample));
                for (int i = 0; i < sample.nalUnitCount(); i++) {
                    assertTrue(sample.nalUnitOffset(i) >= 0 && sample.nalUnitOffset(i) + sample.nalUnitLength(i) <= sample.size());
                    sample.nalUnitKind(i);
                }
            }

            @Override
            public void onSkipped(MediaKind kind, SkipReason reason) {
                said.add(kind + " " + reason);
            }
        });
        frames.forEach(demuxer::onFrame);
        return said;
    }

    private static int elementary(Sample sample) {
        try {
            return sample.toElementary().length;
        } catch (MalformedException e) {
            return -1;
        }
    }

    @Property(tries = 3000)
    void anyBytesGiveSamplesOrAreSkipped(@ForAll("frames") List<MediaFrame> frames) {
        assertTrue(demux(frames).size() <= frames.size() * 2 * 16);
    }

    @Property(tries = 2000)
    void aFlippedByteIsNeverThrown(@ForAll @IntRange(max = 9) int seed, @ForAll int at, @ForAll byte value, @ForAll MediaKind kind) {
        byte[] message = TrackedBuffers.bytes(SEEDS[seed]);
        message[Math.floorMod(at, message.length)] = value;
        MediaKind media = kind == MediaKind.DATA ? MediaKind.VIDEO : kind;
        demux(List.of(frame(media, FrameRole.SEQUENCE_HEADER, message), frame(media, FrameRole.CODED, message)));
    }

    /** Splitting loses ModEx offsets and what is broken, neither of which these messages have. */
    @Property(tries = 1000)
    void aMessageOfManyTracksIsAsGoodAsItsParts(
            @ForAll("bodies") byte[] first, @ForAll("bodies") byte[] second, @ForAll @IntRange(max = 1) int manyCodecs)
            throws Exception {
        String secondFourCc = manyCodecs == 1 ? "76703039" : "";
        String message = (manyCodecs == 1 ? "9623" : "9613") + "76703039" + track(0, first) + secondFourCc + track(5, second);
        MediaFrame whole = FlvFrames.video(40, TrackedBuffers.bytes(message));
        assertEquals(demux(FlvFrames.split(whole)), demux(List.of(whole)));
    }

    private static String track(int id, byte[] body) {
        StringBuilder hex = new StringBuilder(String.format("%02x%06x", id, body.length));
        for (byte next : body) {
            hex.append(String.format("%02x", next));
        }
        return hex.toString();
    }

    private static MediaFrame frame(MediaKind kind, FrameRole role, byte[] message) {
        return MediaFrame.copyOf(new FrameInfo(kind, role, Codec.NONE, 0, false, false), 40, message);
    }

    /** Few values, so that headers, lengths and types often fit. */
    @Provide
    Arbitrary<List<MediaFrame>> frames() {
        Arbitrary<byte[]> messages = Arbitraries.of(
                        0, 0, 0, 1, 2, 3, 5, 6, 0x17, 0x27, 0x90, 0x91, 0x93, 0x96, 0xAF, 0x2F, 0x65, 0x67, 0x68, 0x26, 0x61, 0x76, 0x63, 0x31, 0xFF)
                .map(Integer::byteValue)
                .array(byte[].class)
                .ofMaxSize(40);
        Arbitrary<MediaKind> kinds = Arbitraries.of(MediaKind.AUDIO, MediaKind.VIDEO);
        Arbitrary<FrameRole> roles = Arbitraries.of(FrameRole.CODED, FrameRole.SEQUENCE_HEADER);
        return Combinators.combine(kinds, roles, messages).as(DemuxerPropertyTest::frame).list().ofMaxSize(8);
    }

    @Provide
    Arbitrary<byte[]> bodies() {
        return Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(20);
    }
}
