package dev.millrace.hls.ts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.hls.testkit.TsCheck;
import dev.millrace.hls.testkit.TsPacket;
import dev.millrace.hls.testkit.TsPes;
import dev.millrace.hls.testkit.TsReader;
import dev.millrace.hls.testkit.TsTable;
import dev.millrace.media.Bytes;
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
        assertEquals(0, muxed.muxer.droppedFrames());
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
            muxed.cut(i % 2 == 0 ? Muxed.AVC : new TsProgram(Optional.of(TsCodec.AVC), Optional.empty(), true)).idr(BASE + i * 3000L);
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
                        "[09f0, 674201, 68ce, 0600aa, 6588]", "[09f0, 67aa, 68bb, 6599]", "[09f0, 674201, 68ce, 67cc, 6577]",
                        "[09f0, 67dd, 4188]"),
                nalUnits(reader));
    }

    @Test
    void hevcHasItsOwnDelimiterAndParameterSets() {
        Muxed muxed = new Muxed(new TsProgram(Optional.of(TsCodec.HEVC), Optional.empty(), false));
        List<Bytes> sets = List.of(Muxed.hex("4001aa"), Bytes.EMPTY, Muxed.hex("4201bb"), Muxed.hex("4401cc"));
        muxed.muxer.video(Muxed.unit(TsCodec.HEVC, "2a01dd"), sets, BASE, BASE);
        muxed.muxer.video(Muxed.unit(TsCodec.HEVC, "0201ee"), sets, BASE + 3000, BASE + 6000);
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
        muxed.muxer.id3(tag, BASE);
        muxed.muxer.id3(Id3Tag.text("", "x".repeat(Id3Tag.MAX_BYTES - 22)), BASE);
        List<TsPes> tags = muxed.idr(BASE).aac(BASE).checked().pesPackets(0x102);
        assertEquals(0xBD, tags.get(0).streamId());
        assertEquals(tag, tags.get(0).payload());
        assertEquals(BASE, tags.get(0).pts());
        assertEquals(0xFFFF, tags.get(1).lengthField());
    }

    @Test
    void dropsAndCountsWhatCannotBeWritten() {
        Muxed muxed = new Muxed(Muxed.AVC_AAC);
        int empty = muxed.buffer.size();
        muxed.video(BASE, BASE);
        muxed.video(BASE, BASE, "0600");
        muxed.video(BASE, BASE - 1, "6588");
        muxed.video(BASE, BASE + (1L << 32), "6588");
        muxed.muxer.video(Muxed.unit(TsCodec.HEVC, "2601"), List.of(), BASE, BASE);
        muxed.muxer.video(Muxed.unit(TsCodec.AVC, "6588"), List.of(Bytes.takeOver(new byte[1 << 21])), BASE, BASE);
        muxed.aac(Bytes.EMPTY, BASE);
        muxed.aac(Bytes.takeOver(new byte[8185]), BASE);
        muxed.audio(Muxed.hex("fffb9000"), BASE);
        muxed.muxer.id3(Id3Tag.text("", ""), BASE);
        assertEquals(10, muxed.muxer.droppedFrames());
        assertEquals(empty, muxed.buffer.size());

        muxed.aac(Bytes.takeOver(new byte[8184]), BASE).video(BASE, BASE + (1L << 32) - 1, "6588");
        muxed.cut(new TsProgram(Optional.empty(), Optional.of(TsCodec.MP3), true));
        muxed.idr(BASE);
        muxed.aac(BASE);
        muxed.audio(Muxed.hex("ff"), BASE);
        muxed.audio(Muxed.hex("ffdb90"), BASE);
        muxed.audio(Bytes.takeOver(new byte[70_000]), BASE);
        muxed.muxer.id3(Muxed.hex("494433040000"), BASE);
        muxed.muxer.id3(Muxed.hex("49443404000000000000"), BASE);
        assertEquals(17, muxed.muxer.droppedFrames());
        muxed.cut(new TsProgram(Optional.empty(), Optional.of(TsCodec.AC3), false));
        muxed.audio(Muxed.hex("0b7600"), BASE);
        assertEquals(18, muxed.muxer.droppedFrames());
        assertEquals(2 * 188, muxed.buffer.size());
    }

    @Test
    void dropsWhatWouldMakeASegmentTooLong() {
        TsMuxer muxer = new TsMuxer(TsOptions.DEFAULT);
        SegmentBuffer small = new SegmentBuffer(6 * 188);
        muxer.program(new TsProgram(Optional.of(TsCodec.AVC), Optional.of(TsCodec.MP3), true));
        muxer.beginSegment(small);
        byte[] slice = new byte[600];
        slice[0] = 0x41;
        muxer.video(Muxed.unit(TsCodec.AVC, List.of(Bytes.takeOver(slice))), List.of(), BASE, BASE);
        assertEquals(2 * 188, small.size());
        muxer.video(Muxed.unit(TsCodec.AVC, "4188"), List.of(), BASE, BASE);
        muxer.id3(Id3Tag.text("", "x".repeat(600)), BASE);
        byte[] frame = new byte[600];
        frame[0] = -1;
        frame[1] = -5;
        muxer.audio(Muxed.message(frame), 0, 600, BASE);
        muxer.audio(Muxed.message(frame), 0, 600, BASE + 2160);
        muxer.endSegment();
        assertEquals(3 * 188, small.size());
        assertEquals(4, muxer.droppedFrames());
    }

    @Test
    void refusesCallsInTheWrongOrder() {
        TsMuxer muxer = new TsMuxer(TsOptions.DEFAULT);
        SegmentBuffer buffer = new SegmentBuffer();
        assertThrows(IllegalStateException.class, () -> muxer.beginSegment(buffer));
        muxer.program(Muxed.AVC_AAC);
        assertThrows(IllegalStateException.class, muxer::endSegment);
        assertThrows(IllegalStateException.class, () -> muxer.video(Muxed.unit(TsCodec.AVC, "65"), List.of(), 0, 0));
        assertThrows(IllegalStateException.class, () -> muxer.aac(Muxed.message(new byte[1]), 0, 1, Muxed.adts(48_000), 0));
        assertThrows(IllegalStateException.class, () -> muxer.audio(Muxed.message(new byte[1]), 0, 1, 0));
        assertThrows(IllegalStateException.class, () -> muxer.id3(Id3Tag.text("", ""), 0));
        muxer.beginSegment(buffer);
        assertThrows(IllegalStateException.class, () -> muxer.beginSegment(buffer));
        assertThrows(IllegalStateException.class, () -> muxer.program(Muxed.AVC));
        assertThrows(IndexOutOfBoundsException.class, () -> muxer.aac(Muxed.message(new byte[3]), 1, 3, Muxed.adts(48_000), 0));
        assertThrows(IndexOutOfBoundsException.class, () -> muxer.audio(Muxed.message(new byte[3]), 1, 3, 0));
        muxer.endSegment();
        assertEquals(2 * 188, buffer.size());
        assertEquals(0, muxer.droppedFrames());
    }
}
