package dev.millrace.hls.ts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.hls.segment.Id3Tag;
import dev.millrace.hls.testkit.TsCheck;
import dev.millrace.hls.testkit.TsPacket;
import dev.millrace.hls.testkit.TsPes;
import dev.millrace.hls.testkit.TsReader;
import dev.millrace.hls.testkit.TsTable;
import dev.millrace.media.Bytes;
import dev.millrace.sample.Sample;
import dev.millrace.sample.TrackFormat;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TsMuxerTest {

    private static final long BASE = 900_000;

    private static List<String> nalUnits(TsReader reader) {
        return reader.video().stream().map(pes -> pes.nalUnits().toString()).toList();
    }

    // Written out by hand from H.222.0, 2.4.3.3 to 2.4.3.7; behind PAT and PMT.
    @Test
    void writesThesePackets() {
        Muxed muxed = new Muxed(Muxed.AVC_AAC);
        muxed.video(BASE, 903_000, "658884").aac(901_000).end();
        String video = "47410030 8a 50 0006cc3c7e00" + "ff".repeat(131)
                + "000001e0 0000 84 c0 0a 3100378eb1 1100377741 0000000109f0 00000001674201 0000000168ce 00000001658884";
        String audio = "47410130 9f 00" + "ff".repeat(158) + "000001c0 0012 84 80 05 2100377f11 fff15080015ffc 211004";
        byte[] segment = muxed.segments.get(0);
        assertEquals(4 * 188, segment.length);
        assertEquals((video + audio).replace(" ", ""), HexFormat.of().formatHex(segment, 2 * 188, 4 * 188));
        assertEquals(0, muxed.muxer.droppedSamples());
    }

    @Test
    void invariant28_eachSegmentBeginsWithTables() {
        TsReader reader = new Muxed(Muxed.AVC).idr(BASE).cut().idr(BASE + 3000).checked();
        assertEquals(List.of(0, 0x1000, 0x100, 0, 0x1000, 0x100), reader.packets().stream().map(TsPacket::pid).toList());
        assertEquals(List.of(0, 0, 0, 1, 1, 1), reader.packets().stream().map(TsPacket::continuityCounter).toList());
    }

    @Test
    void invariant29_countersRunOnAcrossSegmentsAndPrograms() {
        Muxed muxed = new Muxed(Muxed.AVC_AAC);
        for (int i = 0; i < 40; i++) {
            muxed.idr(BASE + i * 3000L).cut(i % 2 == 0 ? Muxed.AVC : Muxed.AVC_AAC);
        }
        muxed.idr(BASE + 120_000).end();
        List<TsPacket> packets = TsReader.read(muxed.segments).packets();
        TsCheck.checkContinuity(packets);
        assertEquals(40 % 16, packets.get(packets.size() - 1).continuityCounter());
    }

    @Test
    void versionOfTheTableGoesUpOnlyIfTheTracksChange() {
        Muxed muxed = new Muxed(Muxed.AVC_AAC).idr(BASE).aac(BASE);
        muxed.cut(Muxed.AVC_AAC).idr(BASE + 3000).aac(BASE + 2090);
        for (int i = 2; i < 35; i++) {
            muxed.cut(i % 2 == 0 ? Muxed.AVC : Muxed.AVC_AAC).idr(BASE + i * 3000L);
            if (i % 2 == 1) {
                muxed.aac(BASE + i * 3000L);
            }
        }
        TsCheck check = new TsCheck();
        for (int i = 2; i < 35; i++) {
            check.discontinuityBefore(i);
        }
        TsReader reader = muxed.end().checkedBy(check);
        List<Integer> versions = reader.tables().stream().map(TsTable::version).toList();
        assertEquals(List.of(0, 0, 1, 2), versions.subList(0, 4));
        assertEquals(List.of(31, 0, 1), versions.subList(32, 35));
    }

    @Test
    void invariant32_parameterSetsStandBeforeARandomAccessPointOnce() {
        TsReader reader = new Muxed(Muxed.AVC)
                .video(BASE, BASE, "0910", "0600aa", "6588")
                .video(BASE + 3000, BASE + 3000, "67aa", "68bb", "6599")
                .video(BASE + 6000, BASE + 6000, "67cc", "6577")
                .video(BASE + 9000, BASE + 9000, "67dd", "4188")
                .checked();
        assertEquals(
                List.of(
                        "[09f0, 674201, 68ce, 0600aa, 6588]", "[09f0, 67aa, 68bb, 6599]", "[09f0, 67aa, 68bb, 67cc, 6577]",
                        "[09f0, 67dd, 4188]"),
                nalUnits(reader));
    }

    @Test
    void hevcHasItsOwnDelimiterAndParameterSets() {
        Muxed muxed = new Muxed(new TsProgram(Optional.of(TsCodec.HEVC), Optional.empty(), false));
        muxed.video(TsCodec.HEVC, BASE, BASE, List.of(Muxed.hex("2a01dd")));
        muxed.video(TsCodec.HEVC, BASE + 3000, BASE + 6000, List.of(Muxed.hex("0201ee")));
        TsReader reader = muxed.checked();
        assertEquals(List.of("[460150, 4001aa, 4201bb, 4401cc, 2a01dd]", "[460150, 0201ee]"), nalUnits(reader));
        assertEquals(List.of(true, false), reader.video().stream().map(TsPes::randomAccess).toList());
    }

    @Test
    void invariant33_timesGoOnWhere33BitsEnd() {
        long base = (1L << 33) - 3 * 90_000;
        Muxed muxed = new Muxed(Muxed.AVC_AAC).sampleRate(48_000);
        for (int i = 0, audio = 0; i < 180; i++) {
            for (; audio * 1920L < i * 3000L; audio++) {
                muxed.aac(base + audio * 1920L);
            }
            if (i > 0 && i % 60 == 0) {
                muxed.cut();
            }
            if (i % 60 == 0) {
                muxed.idr(base + i * 3000L);
            } else {
                muxed.video(base + i * 3000L, base + i * 3000L + 6000, "4188");
            }
        }
        TsReader reader = muxed.checked();
        List<TsPes> video = reader.video();
        assertEquals(base, video.get(0).dts());
        assertEquals(base + 179 * 3000, video.get(179).dts());
        assertEquals(base + 181 * 3000, video.get(179).pts());
        assertEquals(180, reader.pcrs().size());
        assertEquals(base - 9000 + 179 * 3000, reader.pcrs().values().stream().reduce((a, b) -> b).orElseThrow());
        assertTrue(reader.packets().stream().anyMatch(packet -> packet.pcr().isPresent() && packet.pcr().getAsLong() < 9000));
    }

    @Test
    void timedMetadataIsAPesPacket() {
        Muxed muxed = new Muxed(new TsProgram(Optional.of(TsCodec.AVC), Optional.of(TsCodec.AAC), true));
        Bytes tag = Id3Tag.text("onMetaData", "{}");
        muxed.id3(tag, BASE);
        muxed.id3(Id3Tag.text("", "x".repeat(Id3Tag.MAX_BYTES - 22)), BASE);
        List<TsPes> tags = muxed.idr(BASE).aac(BASE).checked().pesPackets(0x102);
        assertEquals(0xBD, tags.get(0).streamId());
        assertEquals(tag, tags.get(0).payload());
        assertEquals(BASE, tags.get(0).pts());
        assertEquals(0xFFFF, tags.get(1).lengthField());
    }

    @Test
    void dropsAndCountsWhatCannotBeWritten() {
        Muxed muxed = new Muxed(Muxed.AVC_AAC).begin();
        int empty = muxed.muxer.size();
        muxed.video(BASE, BASE, "0600");
        muxed.video(BASE, BASE - 1, "6588");
        muxed.video(BASE, BASE + (1L << 32), "6588");
        muxed.video(TsCodec.HEVC, BASE, BASE, List.of(Muxed.hex("2601")));
        muxed.write(muxed.access(TsCodec.AVC, Muxed.hex("00000002 6588 00000009 41")).orElseThrow(), BASE, BASE);
        muxed.aac(Muxed.hex("55".repeat(8185)), BASE);
        muxed.audio(Muxed.hex("fffb9000"), BASE);
        muxed.id3(Id3Tag.text("", ""), BASE);
        assertEquals(8, muxed.muxer.droppedSamples());
        assertEquals(empty, muxed.muxer.size());

        muxed.aac(Muxed.hex("55".repeat(8184)), BASE).video(BASE, BASE + (1L << 32) - 1, "6588");
        assertEquals(8, muxed.muxer.droppedSamples());
        muxed.cut(new TsProgram(Optional.empty(), Optional.of(TsCodec.MP3), false));
        muxed.idr(BASE);
        muxed.aac(BASE);
        muxed.audio(Muxed.hex("ff"), BASE);
        muxed.audio(Muxed.hex("ffdb90"), BASE);
        muxed.audio(Muxed.hex("fffb9064" + "55".repeat(65_524)), BASE);
        assertEquals(13, muxed.muxer.droppedSamples());
        muxed.cut(new TsProgram(Optional.empty(), Optional.of(TsCodec.AC3), false));
        muxed.audio(Muxed.hex("0b7600"), BASE);
        assertEquals(14, muxed.muxer.droppedSamples());
        assertEquals(2 * 188, muxed.muxer.size());
    }

    @Test
    void dropsTagsThatAreNone() {
        Muxed muxed = new Muxed(new TsProgram(Optional.of(TsCodec.AVC), Optional.empty(), true)).begin();
        muxed.id3(Muxed.hex("494433040000"), BASE);
        muxed.id3(Muxed.hex("49443404000000000000"), BASE);
        muxed.id3(Muxed.hex("494433" + "00".repeat(65_525)), BASE);
        assertEquals(3, muxed.muxer.droppedSamples());
        assertEquals(2 * 188, muxed.muxer.size());
    }

    @Test
    void dropsRandomAccessPointsWithParameterSetsThatNoEncoderMakes() {
        Muxed muxed = new Muxed(Muxed.AVC).idr(BASE);
        muxed.access(TsCodec.AVC, List.of(Muxed.hex("67aa"), Muxed.hex("68" + "55".repeat(1 << 21)), Muxed.hex("6588")));
        muxed.idr(BASE + 3000);
        assertEquals(1, muxed.muxer.droppedSamples());
        assertEquals(1, muxed.checked().video().size());
    }

    @Test
    void dropsWhatWouldMakeASegmentTooLong() {
        TsProgram program = new TsProgram(Optional.of(TsCodec.AVC), Optional.of(TsCodec.MP3), true);
        Muxed muxed = new Muxed(new TsMuxer(TsOptions.DEFAULT, /* timedId3= */ true, new SegmentBuffer(6 * 188)), program).begin();
        muxed.video(BASE, BASE, "41" + "55".repeat(599));
        assertEquals(2 * 188, muxed.muxer.size());
        muxed.video(BASE, BASE, "4188");
        muxed.id3(Id3Tag.text("", "x".repeat(600)), BASE);
        Bytes frame = Muxed.hex("fffb9064" + "55".repeat(596));
        muxed.audio(frame, BASE).audio(frame, BASE + 2160).end();
        assertEquals(3 * 188, muxed.segments.get(0).length);
        assertEquals(4, muxed.muxer.droppedSamples());
    }

    @Test
    void boundsOfSamplesHold() {
        Muxed muxed = new Muxed(Muxed.AVC_AAC).begin();
        for (int bytes : new int[] {1, 183, 184, 185, 20_000}) {
            for (Sample sample : List.of(
                    muxed.access(TsCodec.AVC, List.of(Muxed.hex("65" + "55".repeat(bytes)))),
                    muxed.frame(TsCodec.AAC, Muxed.hex("55".repeat(Math.min(bytes, 8_000)))).orElseThrow())) {
                int before = muxed.muxer.size();
                muxed.write(sample, BASE, BASE);
                assertTrue(muxed.muxer.size() - before <= muxed.muxer.maxBytes(sample) + muxed.muxer.reservedBytes(), sample::toString);
            }
        }
    }

    @Test
    void refusesCallsInTheWrongOrder() {
        Muxed muxed = new Muxed(Muxed.AVC_AAC);
        TsMuxer muxer = muxed.muxer;
        Sample sample = muxed.access(TsCodec.AVC, List.of(Muxed.hex("65")));
        assertThrows(IllegalStateException.class, muxer::end);
        assertThrows(IllegalStateException.class, () -> muxer.sample(sample, 0, 0, 90_000));
        assertThrows(IllegalStateException.class, () -> muxer.timedMetadata(Id3Tag.text("", ""), 0));
        assertThrows(IllegalArgumentException.class, () -> muxer.begin(List.of()));
        List<TrackFormat> formats = muxed.formats();
        assertEquals(Optional.empty(), muxer.begin(formats));
        assertThrows(IllegalStateException.class, () -> muxer.begin(formats));
        assertThrows(IllegalArgumentException.class, () -> muxer.sample(sample, 0, 0, 48_000));
        assertEquals(2 * 188, TsReader.bytes(muxer.end()).length);
        assertEquals(0, muxer.droppedSamples());
        assertEquals(0, muxer.size());
    }
}
