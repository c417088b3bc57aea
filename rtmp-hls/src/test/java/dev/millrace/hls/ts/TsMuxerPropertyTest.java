package dev.millrace.hls.ts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.hls.testkit.TsCheck;
import dev.millrace.hls.testkit.TsPacket;
import dev.millrace.hls.testkit.TsPes;
import dev.millrace.hls.testkit.TsReader;
import dev.millrace.media.Bytes;
import dev.millrace.media.MediaKind;
import dev.millrace.sample.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class TsMuxerPropertyTest {

    /** A stream by its numbers, so that it can be printed and shrunk. */
    record Numbers(long seed, long base, int frames, int frameTicks, int gop, int sampleRateHz, int maxNalBytes, TsOptions options) {}

    /** What went in, as the reader should give it back. */
    private static final class Input {
        final List<List<Bytes>> accessUnits = new ArrayList<>();
        final List<Bytes> aac = new ArrayList<>();
        final List<Long> dts = new ArrayList<>();
        final List<Long> pts = new ArrayList<>();
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void invariant36_whatGoesInComesOut(@ForAll("samples") Numbers sample) {
        Muxed muxed = new Muxed(sample.options, Muxed.AVC_AAC).sampleRate(sample.sampleRateHz);
        Input input = feed(sample, muxed);
        TsReader reader = muxed.checked();
        assertEquals(input.accessUnits, reader.video().stream().map(TsPes::nalUnits).toList());
        assertEquals(input.aac, reader.aacFrames());
        long turns = input.dts.get(0) - reader.video().get(0).dts(); // the reader cannot know how often 33 bits were full before
        assertEquals(0, turns & 0x1_FFFF_FFFFL);
        assertEquals(input.dts, reader.video().stream().map(pes -> pes.dts() + turns).toList());
        assertEquals(input.pts, reader.video().stream().map(pes -> pes.pts() + turns).toList());
        assertEquals(0, muxed.muxer.droppedSamples());
        reader.aac().forEach(pes -> assertTrue(pes.adtsFrames().size() <= sample.options.audioFrames(), pes::toString));
    }

    private static Input feed(Numbers sample, Muxed muxed) {
        Random random = new Random(sample.seed);
        Input input = new Input();
        for (int i = 0; i < sample.frames; i++) {
            long dts = sample.base + (long) i * sample.frameTicks;
            while (audioTime(sample, input.aac.size()) <= dts) {
                long pts = audioTime(sample, input.aac.size());
                input.aac.add(bytes(random, 1 + random.nextInt(700)));
                muxed.aac(input.aac.get(input.aac.size() - 1), pts);
            }
            boolean idr = i % sample.gop == 0;
            if (idr && i > 0) {
                muxed.cut();
            }
            long pts = dts + sample.frameTicks * (long) random.nextInt(3);
            List<Bytes> units = accessUnit(random, idr, sample.maxNalBytes);
            muxed.video(TsCodec.AVC, dts, pts, units);
            input.accessUnits.add(expected(units, idr));
            input.dts.add(dts);
            input.pts.add(pts);
        }
        if (input.aac.isEmpty()) {
            input.aac.add(bytes(random, 5));
            muxed.aac(input.aac.get(0), sample.base);
        }
        return input;
    }

    private static long audioTime(Numbers sample, long index) {
        return sample.base + Math.round(index * 1024 * 90_000.0 / sample.sampleRateHz);
    }

    private static List<Bytes> accessUnit(Random random, boolean idr, int maxNalBytes) {
        List<Bytes> units = new ArrayList<>();
        int[] ahead = {9, 6, 12};
        for (int type : ahead) {
            if (random.nextInt(3) == 0) {
                units.add(nalUnit(random, type, 1 + random.nextInt(30)));
            }
        }
        for (int slices = 1 + random.nextInt(4); slices > 0; slices--) {
            units.add(nalUnit(random, idr ? 5 : 1, 1 + random.nextInt(maxNalBytes)));
        }
        return units;
    }

    private static List<Bytes> expected(List<Bytes> units, boolean idr) {
        List<Bytes> expected = new ArrayList<>(List.of(Muxed.hex("09f0")));
        if (idr) {
            expected.addAll(Muxed.SETS);
        }
        units.stream().filter(unit -> unit.byteAt(0) != 9 && unit.byteAt(0) != 12).forEach(expected::add);
        return expected;
    }

    private static Bytes nalUnit(Random random, int type, int length) {
        byte[] bytes = bytes(random, length).toByteArray();
        bytes[0] = (byte) type;
        return Bytes.takeOver(bytes);
    }

    /** Without 0, so that no start code comes up. */
    private static Bytes bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (1 + random.nextInt(255));
        }
        return Bytes.takeOver(bytes);
    }

    @Provide
    Arbitrary<Numbers> samples() {
        Arbitrary<Long> bases = Arbitraries.oneOf(
                Arbitraries.of(0L, 900_000L, (1L << 33) - 3000, (1L << 33) - 1, 5L << 33), Arbitraries.longs().between(0, 1L << 40));
        Arbitrary<TsOptions> options = Combinators.combine(
                        Arbitraries.longs().between(1, 30_000), Arbitraries.integers().between(1, 8))
                .as((delay, frames) -> TsOptions.DEFAULT.withPcrDelayTicks(delay).withAudioFrames(frames));
        return Combinators.combine(
                        Arbitraries.longs(), bases, Arbitraries.integers().between(1, 60),
                        Arbitraries.of(750, 1500, 3000, 3003, 3600, 9000, 15_000, 90_000), Arbitraries.integers().between(1, 30),
                        Arbitraries.of(8000, 22_050, 44_100, 48_000, 96_000), Arbitraries.of(1, 3, 200, 3000), options)
                .as(Numbers::new);
    }

    @Property(tries = 20, edgeCases = EdgeCasesMode.NONE)
    void invariant38_stuffingHasAnyLengthFrom0To183(
            @ForAll @IntRange(min = 400, max = 20_000) int smallest, @ForAll boolean reordered,
            @ForAll @LongRange(max = 1L << 33) long base) {
        Muxed muxed = new Muxed(Muxed.AVC);
        for (int i = 0; i <= 184; i++) { // the first has parameter sets too, and is only there to begin with
            List<Bytes> units = List.of(nalUnit(new Random(i), i == 0 ? 5 : 1, smallest + i));
            long dts = base + i * 3000L;
            muxed.video(TsCodec.AVC, dts, dts + (reordered && i > 0 ? 6000 : 0), units);
        }
        Set<Integer> stuffing = new TreeSet<>();
        for (TsPacket packet : muxed.checked().packets()) {
            if (packet.pid() == Pid.VIDEO && !packet.unitStart()) {
                stuffing.add(packet.fieldBytes());
            }
        }
        assertEquals(IntStream.range(0, 184).boxed().toList(), List.copyOf(stuffing), "38");
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void invariants36_50_nalUnitsOfZerosAreLeftOutAndCounted(@ForAll("zeroRuns") List<Integer> zeros, @ForAll long seed) {
        Random random = new Random(seed);
        List<Bytes> sent = new ArrayList<>();
        List<Bytes> expected = new ArrayList<>(List.of(Muxed.hex("09f0")));
        for (int run : zeros) {
            Bytes unit = run > 0 ? Bytes.takeOver(new byte[run]) : nalUnit(random, 1, 1 + random.nextInt(300));
            sent.add(unit);
            if (run == 0) {
                expected.add(unit);
            }
        }
        Muxed muxed = new Muxed(Muxed.AVC).idr(900_000);
        muxed.video(TsCodec.AVC, 903_000, 903_000, sent);
        TsReader reader = muxed.checked();
        boolean written = expected.size() > 1;
        assertEquals(written ? zeros.size() - expected.size() + 1 : 0, muxed.muxer.droppedNalUnits());
        assertEquals(written ? 0 : 1, muxed.muxer.droppedSamples());
        if (written) {
            assertEquals(expected, reader.video().get(1).nalUnits());
        }
    }

    @Provide
    Arbitrary<List<Integer>> zeroRuns() {
        return Arbitraries.frequencyOf(Tuple.of(2, Arbitraries.just(0)), Tuple.of(1, Arbitraries.integers().between(1, 400)))
                .list().ofMinSize(1).ofMaxSize(12);
    }

    @Property(tries = 2000)
    void invariant50_anyBytesAreWrittenAsPacketsOrCounted(
            @ForAll("bodies") byte[] body, @ForAll("lengthBytes") int lengthBytes, @ForAll boolean hevc, @ForAll long dts,
            @ForAll long delay) {
        TsCodec codec = hevc ? TsCodec.HEVC : TsCodec.AVC;
        Muxed muxed = new Muxed(new TsProgram(Optional.of(codec), Optional.of(TsCodec.MP3), true));
        muxed.begin();
        if (!hevc) {
            byte[] header = Muxed.hex("1700000000 0142001e 00 e1 0003 674201 01 0002 68ce").toByteArray();
            header[9] = (byte) (lengthBytes - 1);
            muxed.demux(MediaKind.VIDEO, header);
        }
        Bytes bytes = Bytes.copyOf(body);
        List<Sample> samples = Stream.of(muxed.access(codec, bytes), muxed.frame(TsCodec.MP3, bytes)).flatMap(Optional::stream).toList();
        samples.forEach(sample -> muxed.write(sample, dts, sample.kind() == MediaKind.VIDEO ? dts + delay : dts));
        muxed.id3(bytes, dts);
        TsReader reader = TsReader.read(muxed.end().segments);
        TsCheck.checkContinuity(reader.packets());
        assertEquals(samples.size() + 1, reader.pesPackets().size() + muxed.muxer.droppedSamples());
    }

    @Provide
    Arbitrary<byte[]> bodies() {
        return Arbitraries.of(0, 0, 0, 1, 2, 5, 0x65, 0xFF, 0x49, 0x44, 0x33).map(Integer::byteValue).array(byte[].class).ofMaxSize(40);
    }

    @Provide
    Arbitrary<Integer> lengthBytes() {
        return Arbitraries.of(1, 2, 4);
    }
}
