package dev.millrace.hls.ts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.hls.testkit.TsCheck;
import dev.millrace.hls.testkit.TsPacket;
import dev.millrace.hls.testkit.TsReader;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program clock reference where frames come seldom, pause, jump or are late. */
class TsMuxerPcrTest {

    private static final long BASE = 900_000;

    private static List<Long> pcrs(TsReader reader) {
        return List.copyOf(reader.pcrs().values());
    }

    private static List<Long> times(long... values) {
        return LongStream.of(values).map(value -> BASE - 9000 + value).boxed().toList();
    }

    // Up to 100 ms nothing is missing.
    @ParameterizedTest
    @CsvSource({"3600, 0", "9000, 0", "9001, 1", "18000, 1", "18001, 2", "90000, 9"})
    void invariant34_slowVideoHasPacketsWithPcrAlone(long frameTicks, int between) {
        TsReader reader = new Muxed(Muxed.AVC).idr(BASE).inter(BASE + frameTicks).cut().idr(BASE + 2 * frameTicks).checked();
        assertEquals(3 + 2 * between, reader.pcrs().size());
        assertEquals(2 * between, reader.packets().stream().filter(packet -> !packet.hasPayload()).count());
        assertEquals(BASE + 2 * frameTicks - 9000, pcrs(reader).get(2 + 2 * between));
    }

    @Test
    void delayAsOptionsSay() {
        Muxed muxed = new Muxed(TsOptions.DEFAULT.withPcrDelayTicks(63_000), Muxed.AVC).idr(BASE);
        assertEquals(List.of(BASE - 63_000), pcrs(muxed.checked()));
    }

    @Test
    void whereVideoPausesItsClockGoesOnHalfASecondBehindAudio() {
        Muxed muxed = new Muxed(TsOptions.DEFAULT.withAudioFrames(1), Muxed.AVC_AAC).sampleRate(48_000).idr(BASE);
        long last = 0;
        for (long pts = 0; pts < 20 * 90_000; pts += 1920) {
            muxed.aac(BASE + pts);
            last = pts;
        }
        int before = muxed.muxer.size();
        muxed.inter(BASE + last);
        assertTrue(muxed.muxer.size() - before <= 6 * 188, "only half a second was missing");
        TsReader reader = muxed.checked();
        assertTrue(pcrs(reader).size() >= 200);
        assertTrue(reader.packets().stream().noneMatch(TsPacket::discontinuity));
    }

    @Test
    void audioNotFarAheadLeavesTheClockAlone() {
        Muxed muxed = new Muxed(TsOptions.DEFAULT.withAudioFrames(1), Muxed.AVC_AAC).idr(BASE).aac(BASE + 45_000 + 8_999);
        assertEquals(times(0), pcrs(muxed.inter(BASE + 3000).end().checkedBy(new TsCheck().audioGaps())).subList(0, 1));
        Muxed further = new Muxed(TsOptions.DEFAULT.withAudioFrames(1), Muxed.AVC_AAC).idr(BASE).aac(BASE + 45_000 + 9_000);
        assertEquals(times(0, 9000), pcrs(further.inter(BASE + 3000).end().checkedBy(new TsCheck().lateVideo())));
    }

    @Test
    void lateVideoDoesNotTurnTheClockBack() {
        Muxed muxed = new Muxed(Muxed.AVC).idr(BASE).inter(BASE + 3000).inter(BASE + 2999).inter(BASE + 3000).inter(BASE + 3001).end();
        TsReader reader = TsReader.read(muxed.segments);
        assertEquals(times(0, 3000, 3001), pcrs(reader));
        assertEquals(5, reader.video().size());
    }

    @ParameterizedTest
    @CsvSource({"990000, false", "990001, true", "-990001, true", "-990000, false"})
    void aJumpOfElevenSecondsIsAClockSetAnew(long jump, boolean anew) {
        Muxed muxed = new Muxed(Muxed.AVC).idr(2 * BASE).cut().idr(2 * BASE + jump).end();
        TsReader reader = TsReader.read(muxed.segments);
        TsPacket last = reader.packets().get(reader.packets().size() - 1);
        assertEquals(anew, last.discontinuity());
        assertEquals(anew || jump > 0, last.pcr().isPresent());
        assertEquals(jump == 990_000 ? 111 : anew ? 2 : 1, reader.pcrs().size());
    }
}
