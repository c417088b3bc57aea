package dev.millrace.hls.ts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.hls.testkit.TsCheck;
import dev.millrace.hls.testkit.TsReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The checker sees each fault: good segments, with one byte changed, or frames given that are not to be given. */
class TsCheckTest {

    private static final long BASE = 900_000;

    /** Packets of the first segment: PAT, PMT, IDR, audio, inter, inter. */
    private static Muxed good() {
        Muxed muxed = new Muxed(TsOptions.DEFAULT.withAudioFrames(1), Muxed.AVC_AAC).sampleRate(48_000);
        muxed.idr(BASE).aac(BASE).inter(BASE + 3000).inter(BASE + 6000);
        return muxed.cut().idr(BASE + 9000).aac(BASE + 1920).end();
    }

    private static Arguments change(String invariant, int packet, int at, int value) {
        return fault(invariant, segment -> segment[188 * packet + at] = (byte) value);
    }

    private static Arguments fault(String invariant, Consumer<byte[]> fault) {
        return Arguments.of(invariant, fault);
    }

    private static int indexOf(byte[] segment, int packet, int... bytes) {
        for (int at = 188 * packet; at < 188 * (packet + 1); at++) {
            int from = at;
            if (IntStream.range(0, bytes.length).allMatch(i -> segment[from + i] == (byte) bytes[i])) {
                return at;
            }
        }
        throw new AssertionError("not there");
    }

    private static Arguments replace(String invariant, int packet, int[] bytes, int offset, int value) {
        return fault(invariant, segment -> segment[indexOf(segment, packet, bytes) + offset] = (byte) value);
    }

    static Stream<Arguments> faults() {
        int[] pesOfVideo = {0, 0, 1, 0xE0};
        int[] pesOfAudio = {0, 0, 1, 0xC0};
        int[] delimiter = {0, 0, 0, 1, 9};
        int[] sps = {0, 0, 0, 1, 0x67};
        int[] idr = {0, 0, 0, 1, 0x65};
        return Stream.of(
                change("27", 3, 0, 0x46), change("27", 3, 1, 0xC1), change("27", 3, 3, 0x00), change("27", 3, 3, 0x70),
                change("27", 2, 20, 0xFE),
                change("28", 0, 1, 0x00), change("28", 0, 12, 0x02), change("28", 1, 12, 0xC3), change("28", 1, 40, 0x00),
                change("28", 1, 2, 0x01),
                change("29", 4, 3, 0x32), change("29", 0, 3, 0x15),
                change("30", 2, 1, 0x01), replace("30", 3, pesOfAudio, 5, 0x7F), replace("30", 3, pesOfAudio, 6, 0x80),
                replace("30", 3, pesOfAudio, 9, 0x31), replace("30", 2, pesOfVideo, 7, 0x40),
                replace("39", 2, idr, 4, 0x61),
                replace("32", 2, delimiter, 4, 6), replace("32", 2, sps, 4, 9), replace("32", 2, sps, 4, 6), replace("32", 2, idr, 4, 6),
                replace("36", 2, sps, 4, 12),
                change("27", 2, 10, 0x42), change("34", 2, 7, 0x07), change("34", 4, 8, 0xFF), change("34", 4, 8, 0x00),
                replace("35", 3, new int[] {0xFF, 0xF1}, 1, 0xF6), replace("35", 3, new int[] {0xFF, 0xF1}, 5, 0x3F),
                change("37", 3, 2, 0x02), change("39", 2, 5, 0x10), change("39", 4, 5, 0x50));
    }

    @ParameterizedTest(name = "{index}: {0}")
    @MethodSource("faults")
    void seesChangedBytes(String invariant, Consumer<byte[]> fault) {
        Muxed muxed = good();
        fault.accept(muxed.segments.get(0));
        assertBroken(invariant, muxed, new TsCheck());
    }

    private static void assertBroken(String invariant, Muxed muxed, TsCheck check) {
        AssertionError e = assertThrows(AssertionError.class, () -> muxed.checkedBy(check));
        assertTrue(e.getMessage().startsWith("invariant " + invariant + ":"), e.getMessage());
    }

    @Test
    void acceptsWhatIsGood() {
        TsReader reader = TsReader.check(good().segments);
        assertEquals(4, reader.video().size());
        assertEquals(2, reader.aac().size());
    }

    @Test
    void seesSegmentsThatAreCut() {
        for (int length : new int[] {0, 187, 188, 189}) {
            List<byte[]> segments = new ArrayList<>(good().segments);
            segments.set(1, Arrays.copyOf(segments.get(1), length));
            AssertionError e = assertThrows(AssertionError.class, () -> TsReader.check(segments));
            assertTrue(e.getMessage().matches("invariant 2[78]: .*"), e.getMessage());
        }
    }

    @Test
    void seesBadTimes() {
        TsCheck lateVideo = new TsCheck().lateVideo();
        assertBroken("33", new Muxed(Muxed.AVC).idr(BASE).inter(BASE).end(), lateVideo);
        assertBroken("33", new Muxed(Muxed.AVC).idr(BASE).inter(BASE - 1).end(), lateVideo);
        assertBroken("35", new Muxed(Muxed.AAC).sampleRate(48_000).aac(BASE).cut().aac(BASE + 1918).end(), new TsCheck());
        assertBroken("33", new Muxed(Muxed.AAC).sampleRate(48_000).aac(BASE).cut().aac(BASE).end(), new TsCheck().audioGaps());
        new Muxed(Muxed.AAC).sampleRate(48_000).aac(BASE).cut().aac(BASE + 1919).checked();
    }

    @Test
    void seesSegmentsThatDoNotBeginWithARandomAccessPoint() {
        Muxed muxed = new Muxed(Muxed.AVC).idr(BASE).cut().inter(BASE + 3000).end();
        assertBroken("31", muxed, new TsCheck());
        muxed.checkedBy(new TsCheck().forcedCutBefore(1));
    }

    @Test
    void seesTracksThatChangeOrAreNotThere() {
        Muxed muxed = new Muxed(Muxed.AVC_AAC).idr(BASE).aac(BASE).cut(Muxed.AVC).idr(BASE + 3000).end();
        assertBroken("28", muxed, new TsCheck());
        muxed.checkedBy(new TsCheck().discontinuityBefore(1));
        assertBroken("37", new Muxed(Muxed.AVC_AAC).idr(BASE).end(), new TsCheck());
        Muxed later = new Muxed(Muxed.AVC_AAC).idr(BASE).cut().idr(BASE + 3000).aac(BASE).end();
        later.checkedBy(new TsCheck());
        assertBroken("37", later, new TsCheck().discontinuityBefore(1));
    }

    @Test
    void seesPcrsThatAreFarApart() {
        Muxed muxed = new Muxed(Muxed.AVC).idr(BASE).cut().idr(BASE + 1_000_000).end();
        assertBroken("34", muxed, new TsCheck());
        muxed.checkedBy(new TsCheck().discontinuityBefore(1));
    }
}
