package dev.millrace.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.millrace.flv.FlvFrames;
import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.Bytes;
import dev.millrace.media.Codec;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaFrame;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LatestKeyframeTest {

    private static final String SPS = "6764000cacd941419f9f011000000300100000030140f1429960";
    private static final String PPS = "68ef8fcb";
    private static final String AVC_HEADER = "1700000000 0164000cffe1001a" + SPS + "010004" + PPS + "fdf8f800";

    private final LatestKeyframe latest = new LatestKeyframe();

    private static MediaFrame video(long millis, String hex) throws MalformedException {
        return FlvFrames.video(millis, TrackedBuffers.bytes(hex));
    }

    private static Bytes bytes(String hex) {
        return Bytes.takeOver(TrackedBuffers.bytes(hex));
    }

    @Test
    void anAvcKeyframeHasItsParameterSetsInFront() throws Exception {
        latest.onFrame(video(0, AVC_HEADER));
        latest.onFrame(video(1_000, "1701000050 00000002 6588"));
        Keyframe expected = new Keyframe(Codec.AVC, bytes("00000001" + SPS + "00000001" + PPS + "00000001 6588"), 1_080, 320, 180);
        assertEquals(Optional.of(expected), latest.get());
        latest.onFrame(video(1_040, "2701000000 00000002 4188"));
        assertEquals(Optional.of(expected), latest.get());
    }

    @Test
    void aBrokenKeyframeIsCountedAndTheOneBeforeIsKept() throws Exception {
        latest.onFrame(video(0, AVC_HEADER));
        latest.onFrame(video(1_000, "1701000000 00000002 6588"));
        Optional<Keyframe> before = latest.get();
        latest.onFrame(video(3_000, "1701000000 00000009 6588"));
        assertSame(before.orElseThrow(), latest.get().orElseThrow());
        assertEquals(1, latest.brokenKeyframes());
    }

    @Test
    void withoutParameterSetsThereIsNone() throws Exception {
        latest.onFrame(video(1_000, "1701000000 00000002 6588"));
        assertEquals(Optional.empty(), latest.get());
        latest.onFrame(video(2_000, "1701000000 0000001a" + SPS + "00000004" + PPS + "00000002 6588"));
        assertEquals(320, latest.get().orElseThrow().width());
    }

    @Test
    void whatLacksASliceOrASetIsNone() throws Exception {
        latest.onFrame(video(0, AVC_HEADER));
        latest.onFrame(video(40, "1701000000 00000002 0605"));
        assertEquals(Optional.empty(), latest.get());
        LatestKeyframe without = new LatestKeyframe();
        without.onFrame(video(0, "1700000000 0164000cffe000 fdf8f800"));
        without.onFrame(video(40, "1701000000 00000002 6588"));
        assertEquals(Optional.empty(), without.get());
        assertEquals(2, latest.brokenKeyframes() + without.brokenKeyframes());
    }

    @Test
    void aDelimiterStaysInFront() throws Exception {
        latest.onFrame(video(0, AVC_HEADER));
        latest.onFrame(video(40, "1701000000 00000002 0910 00000002 6588"));
        assertEquals(
                bytes("00000001 0910 00000001" + SPS + "00000001" + PPS + "00000001 6588"),
                latest.get().orElseThrow().accessUnit());
    }

    @Test
    void theDefaultTrackIsFoundAmongMany() throws Exception {
        latest.onFrame(video(0, AVC_HEADER));
        latest.onFrame(video(40, "96 13 61766331 01 000006 00000002 6577 00 000006 00000002 6588"));
        assertEquals(
                bytes("00000001" + SPS + "00000001" + PPS + "00000001 6588"), latest.get().orElseThrow().accessUnit());
    }

    @Test
    void anAv1UnitThatIsCutOffIsNone() throws Exception {
        latest.onFrame(video(0, "90 61763031 81010c00 0a0c0200000d2627fb3805f00080"));
        latest.onFrame(video(40, "91 61763031 1200 32ff01 100000"));
        assertEquals(Optional.empty(), latest.get());
        assertEquals(1, latest.brokenKeyframes());
    }

    @Test
    void otherTracksAndCodecsGiveNone() throws Exception {
        latest.onFrame(video(0, "96 01 61766331 01 000000 00000002 6588"));
        latest.onFrame(video(0, "91 76703039 824983420027f0167600"));
        assertEquals(Optional.empty(), latest.get());
        assertEquals(0, latest.brokenKeyframes());
    }

    @Test
    void takesThemFromFiles() throws Exception {
        StreamTracksTest.frames("hevc-aac").forEach(latest::onFrame);
        Keyframe hevc = latest.get().orElseThrow();
        assertEquals(Codec.HEVC, hevc.codec());
        assertEquals(bytes("00000001 4001"), hevc.accessUnit().slice(0, 6), "a video parameter set first");
        assertEquals(640, hevc.width());

        LatestKeyframe av1 = new LatestKeyframe();
        StreamTracksTest.frames("av1-opus").forEach(av1::onFrame);
        assertEquals(bytes("1200 0a0c"), av1.get().orElseThrow().accessUnit().slice(0, 4), "a delimiter and a sequence header");
    }

    @Test
    void anAv1KeyframeWithoutSequenceHeaderGetsThatOfTheConfiguration() throws Exception {
        latest.onFrame(video(0, "90 61763031 81010c00 0a0c0200000d2627fb3805f00080"));
        // A shown key frame by its frame header, and a frame OBU of three bytes.
        latest.onFrame(video(40, "91 61763031 1200 3203 100000"));
        assertEquals(Optional.of(bytes("1200 0a0c0200000d2627fb3805f00080 3203 100000")), latest.get().map(Keyframe::accessUnit));
    }
}
