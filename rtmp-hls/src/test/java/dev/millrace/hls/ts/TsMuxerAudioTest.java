package dev.millrace.hls.ts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.codec.aac.AdtsHeader;
import dev.millrace.hls.testkit.TsCheck;
import dev.millrace.hls.testkit.TsPacket;
import dev.millrace.hls.testkit.TsPes;
import dev.millrace.hls.testkit.TsReader;
import dev.millrace.media.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How audio frames gather in PES packets. */
class TsMuxerAudioTest {

    private static final long BASE = 900_000;

    private static List<Integer> framesOfEach(List<TsPes> pesPackets) {
        return pesPackets.stream().map(pes -> pes.adtsFrames().size()).toList();
    }

    private static Muxed withAac(int sampleRateHz, int frames) {
        Muxed muxed = new Muxed(Muxed.AAC).sampleRate(sampleRateHz);
        IntStream.range(0, frames).forEach(i -> muxed.aac(BASE + Math.round(i * 1024 * 90_000.0 / sampleRateHz)));
        return muxed;
    }

    // 4 frames of 48 kHz last 85 ms, 2 of 22.05 kHz last 93 ms, 1 of 16 kHz lasts 64 ms, 1 of 8 kHz lasts 128 ms.
    @ParameterizedTest
    @CsvSource({"48000, 4", "44100, 4", "32000, 3", "22050, 2", "16000, 1", "8000, 1"})
    void invariant34_audioAloneBringsAPcrEvery100Milliseconds(int sampleRateHz, int framesOfOne) {
        TsReader reader = withAac(sampleRateHz, 48).checked();
        assertTrue(framesOfEach(reader.aac()).stream().allMatch(count -> count == framesOfOne), framesOfEach(reader.aac())::toString);
        assertEquals(48, reader.aacFrames().size());
        long alone = reader.packets().stream().filter(packet -> packet.pid() == 0x101 && !packet.hasPayload()).count();
        assertEquals(sampleRateHz == 8000 ? 47 : 0, alone);
        assertEquals(BASE - 9000, reader.pcrs().values().iterator().next());
    }

    @Test
    void whatWaitsGoesOutAtTheEndOfTheSegment() {
        TsReader reader = withAac(48_000, 6).cut().aac(BASE + 6 * 1920).checked();
        assertEquals(List.of(4, 2, 1), framesOfEach(reader.aac()));
        assertEquals(List.of(0, 0, 1), reader.aac().stream().map(TsPes::segment).toList());
    }

    @Test
    void framesAsOptionsSay() {
        Muxed muxed = new Muxed(TsOptions.DEFAULT.withAudioFrames(8).withAudioSpanTicks(20_000), Muxed.AVC_AAC).sampleRate(48_000).idr(BASE);
        IntStream.range(0, 24).forEach(i -> muxed.aac(BASE + i * 1920));
        assertEquals(List.of(8, 8, 8), framesOfEach(muxed.checked().aac()));
    }

    @Test
    void aGapOfOneFrameEndsAPesPacketToo() {
        Muxed muxed = new Muxed(Muxed.AAC).sampleRate(48_000);
        IntStream.of(0, 1, 2, 3, 4, 6, 7, 8, 9).forEach(i -> muxed.aac(BASE + i * 1920));
        TsReader reader = muxed.end().checkedBy(new TsCheck().audioGaps());
        assertEquals(List.of(4, 1, 4), framesOfEach(reader.aac()));
        assertEquals(List.of(BASE, BASE + 4 * 1920, BASE + 6 * 1920), reader.aac().stream().map(TsPes::pts).toList());
    }

    @Test
    void aGapEndsAPesPacket() {
        Muxed muxed = new Muxed(Muxed.AVC_AAC).sampleRate(48_000).idr(BASE);
        for (long pts : new long[] {0, 1920, 9000, 10_920, 12_840, 14_760, 16_680, 15_000}) {
            muxed.aac(BASE + pts);
        }
        List<TsPes> aac = TsReader.read(muxed.end().segments).aac();
        assertEquals(List.of(2, 1, 4, 1), framesOfEach(aac));
        assertEquals(List.of(BASE, BASE + 9000, BASE + 10_920, BASE + 15_000), aac.stream().map(TsPes::pts).toList());
    }

    @Test
    void videoFarAheadDoesNotLetAudioWait() {
        Muxed muxed = new Muxed(TsOptions.DEFAULT.withPcrDelayTicks(20_000).withAudioFrames(8).withAudioSpanTicks(90_000), Muxed.AVC_AAC).sampleRate(48_000);
        muxed.aac(BASE).idr(BASE + 13_500).inter(BASE + 13_501);
        List<Integer> pids = muxed.checked().packets().stream().map(TsPacket::pid).toList();
        assertEquals(List.of(0, 0x1000, 0x100, 0x101, 0x100), pids);
    }

    @Test
    void noPcrPassesAudioThatWaits() {
        Muxed muxed = new Muxed(TsOptions.DEFAULT.withPcrDelayTicks(5_000).withAudioFrames(8).withAudioSpanTicks(90_000), Muxed.AVC_AAC).sampleRate(48_000);
        muxed.aac(BASE).idr(BASE + 4_999).inter(BASE + 5_000);
        List<Integer> pids = muxed.checked().packets().stream().map(TsPacket::pid).toList();
        assertEquals(List.of(0, 0x1000, 0x100, 0x101, 0x100), pids);
    }

    @Test
    void invariant35_headersAreThoseOfTheTrack() {
        Muxed muxed = new Muxed(Muxed.AAC).sampleRate(8_000).aac(Muxed.hex("55".repeat(7_000)), BASE);
        ByteBuf expected = Unpooled.buffer();
        new AdtsHeader(false, 2, 11, 2, 7_007, 0x7FF, 1, OptionalInt.empty()).writeTo(expected);
        assertEquals(Bytes.copyOf(expected), muxed.checked().aac().get(0).adtsFrames().get(0).header());
    }

    @ParameterizedTest
    @CsvSource({"MP3, fffb9064, c0, 3", "MP3_LOW_RATE, fff38464, c0, 4", "AC3, 0b77aabb, bd, 129"})
    void otherFramesGoOutAsTheyAre(TsCodec codec, String start, String streamId, int streamType) {
        Muxed muxed = new Muxed(new TsProgram(Optional.of(TsCodec.AVC), Optional.of(codec), false)).idr(BASE);
        String frame = start + "55".repeat(400);
        IntStream.range(0, 6).forEach(i -> muxed.audio(Muxed.hex(frame), BASE + i * 2160));
        TsReader reader = muxed.checked();
        List<TsPes> audio = reader.pesPackets(0x101);
        assertEquals(List.of(Muxed.hex(frame.repeat(4)), Muxed.hex(frame.repeat(2))), audio.stream().map(TsPes::payload).toList());
        assertEquals(streamId, Integer.toHexString(audio.get(0).streamId()));
        assertEquals(0x101, reader.tables().get(0).pidOf(streamType).orElseThrow());
    }

    @Test
    void aPesPacketIsNotLongerThanItsLengthCanSay() {
        Muxed muxed = new Muxed(TsOptions.DEFAULT.withAudioFrames(64).withAudioSpanTicks(90_000), new TsProgram(Optional.empty(), Optional.of(TsCodec.MP3), false));
        Bytes half = Muxed.hex("fffb9064" + "00".repeat(32_760)); // two are one byte too many
        Bytes less = half.slice(0, 32_763);
        muxed.audio(half, BASE).audio(half, BASE + 2160).audio(less, BASE + 4320).audio(half.slice(0, 4), BASE + 6480);
        assertEquals(List.of(32_764, 65_527, 4), muxed.checked().pesPackets(0x101).stream().map(pes -> pes.payload().size()).toList());
    }
}
