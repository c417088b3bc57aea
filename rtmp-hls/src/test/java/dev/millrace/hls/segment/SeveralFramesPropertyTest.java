package dev.millrace.hls.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.codec.mp3.MpegAudioHeader;
import dev.millrace.hls.testkit.TsPes;
import dev.millrace.hls.testkit.TsReader;
import dev.millrace.media.MalformedException;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** MP3 whose messages have several frames each. */
class SeveralFramesPropertyTest {

    private static final int SAMPLES = 1_152;
    private static final double FRAME_TICKS = SAMPLES * 90_000.0 / 44_100;

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void invariants35_36_framesOfMp3HaveTheTimesOfTheirSamples(
            @ForAll @Size(min = 20, max = 200) List<@IntRange(min = 1, max = 5) Integer> messages, @ForAll boolean video) {
        Play play = new Play(SegmenterOptions.DEFAULT).begin();
        int sent = 0;
        long videoMillis = 0;
        if (video) {
            play.frames(Messages.avcHeader(0));
        }
        for (int frames : messages) {
            long millis = Math.round(sent * FRAME_TICKS / 90);
            for (; video && videoMillis <= millis; videoMillis += 40) {
                play.frames(videoMillis % 1_000 == 0
                        ? Messages.key(videoMillis, (int) videoMillis)
                        : Messages.inter(videoMillis, (int) videoMillis));
            }
            play.frames(Messages.mp3(millis, frames));
            play.nowMillis += Math.round(frames * FRAME_TICKS / 90);
            sent += frames;
        }
        play.end();
        TsReader reader = play.check();
        assertEquals(0, play.count(SegmenterEvent.REANCHORED_AUDIO));
        assertEquals(0, play.segmenter.statistics().skipped());
        checkTimes(reader.pesPackets(0x101), sent);
    }

    private static void checkTimes(List<TsPes> pesPackets, int sent) {
        int frames = 0;
        for (TsPes pes : pesPackets) {
            long wanted = pesPackets.get(0).pts() + Math.round(frames * FRAME_TICKS);
            assertEquals(wanted, pes.pts(), 1, "35: " + pes + " behind " + frames + " frames");
            frames += framesIn(pes);
        }
        assertEquals(sent, frames, "36: frames of MP3");
    }

    private static int framesIn(TsPes pes) {
        int frames = 0;
        int at = 0;
        while (at < pes.payload().size()) {
            try {
                at += MpegAudioHeader.parse(pes.payload().slice(at, 4)).frameBytes();
            } catch (MalformedException e) {
                throw new AssertionError("35: no frame at " + at + " of " + pes, e);
            }
            frames++;
        }
        assertEquals(pes.payload().size(), at, "35: part of a frame in " + pes);
        return frames;
    }
}
