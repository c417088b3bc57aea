package dev.millrace.hls.ts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.media.Bytes;
import dev.millrace.media.MediaFrame;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VideoUnitTest {

    /** The NAL units, then E if it is empty, D damaged, R random access point, P with parameter sets. */
    private static String text(VideoUnit unit) {
        List<Bytes> units = new ArrayList<>();
        int bytes = 0;
        for (int i = 0; i < unit.count(); i++) {
            byte[] nalUnit = new byte[unit.length(i)];
            unit.frame().getBytes(unit.start(i), nalUnit, 0, nalUnit.length);
            units.add(Bytes.takeOver(nalUnit));
            bytes += 4 + nalUnit.length;
        }
        assertEquals(bytes, unit.bytesWithStartCodes());
        return units + " " + (unit.isEmpty() ? "E" : "") + (unit.isDamaged() ? "D" : "") + (unit.isRandomAccessPoint() ? "R" : "")
                + (unit.hasParameterSets() ? "P" : "");
    }

    private static VideoUnit scanned(TsCodec codec, String wire, int lengthBytes) {
        Bytes body = Muxed.hex(wire);
        VideoUnit unit = new VideoUnit(codec);
        unit.scan(Muxed.message(Muxed.hex("ffff" + wire + "ff")), 2, body.size(), lengthBytes);
        return unit;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            nothing               | 4 | ''                                               | [] E
            a slice               | 4 | 00000002 4188                                    | [4188]
            IDR                   | 4 | 00000002 6588                                    | [6588] R
            with its sets         | 4 | 00000001 67 00000001 68 00000001 65              | [67, 68, 65] RP
            without PPS           | 4 | 00000001 67 00000001 65                          | [67, 65] R
            without SPS           | 4 | 00000001 68 00000001 65                          | [68, 65] R
            sets behind the slice | 4 | 00000001 65 00000001 67 00000001 68              | [65, 67, 68] R
            delimiter, filler     | 4 | 00000002 0910 00000002 0cff 00000001 41          | [41]
            SEI is kept           | 4 | 00000002 0600 00000001 41                        | [0600, 41]
            SEI alone             | 4 | 00000002 0600                                    | [0600] E
            partitions            | 4 | 00000001 42                                      | [42]
            empty ones            | 4 | 00000000 00000001 65 00000000                    | [65] R
            lengths of 2          | 2 | 0002 0910 0003 658800                            | [658800] R
            lengths of 1          | 1 | 02 0910 03 658800                                | [658800] R
            padding               | 4 | 00000001 41 000000                               | [41]
            part of a length      | 4 | 00000002 4188 000001                             | [] ED
            length past the end   | 4 | 00000002 4188 00000002 41                        | [] ED
            greatest length       | 4 | 00000002 6588 ffffffff 41                        | [] ED
            length of 2^31        | 4 | 00000002 6588 80000000 41                        | [] ED
            length of 2^16 - 1    | 2 | 0001 65 ffff 41                                  | [] ED
            start codes           | 4 | 00000001 6588 000001 41 00000000 000001 4199 00  | [6588, 41, 4199] R
            short start code      | 4 | 000001 6588                                      | [6588] R
            empty between codes   | 4 | 00000001 00000001 000001 65880000                | [6588] R
            codes of 2 bytes      | 2 | 0000 0001 65 88 41                               | [] ED
            code comes later      | 4 | 00000002 0910 00000001                           | [] ED
            no zero before code   | 4 | 01000001 6588                                    | [] ED
            two zeros before code | 4 | 0000000001 6588                                  | [] ED
            """)
    void findsNalUnitsOfAvc(String name, int lengthBytes, String wire, String expected) {
        assertEquals(expected.strip(), text(scanned(TsCodec.AVC, wire, lengthBytes)).strip());
    }

    // Types of H.265, table 7-1, in bits 1 to 6 of the first byte.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            TRAIL_R         | 00000003 020155                                                        | [020155]
            RASL_R          | 00000003 120155                                                        | [120155]
            BLA_W_LP        | 00000003 200155                                                        | [200155] R
            IDR_N_LP        | 00000003 280155                                                        | [280155] R
            CRA_NUT         | 00000003 2a0155                                                        | [2a0155] R
            reserved 22     | 00000003 2c0155                                                        | [2c0155]
            with its sets   | 00000002 4001 00000002 4201 00000002 4401 00000002 2601                | [4001, 4201, 4401, 2601] RP
            without VPS     | 00000002 4201 00000002 4401 00000002 2601                              | [4201, 4401, 2601] R
            delimiter       | 00000003 460150 00000002 0201                                          | [0201]
            filler, SEI     | 00000003 4c01ff 00000003 4e0155 00000002 0201                          | [4e0155, 0201]
            half a header   | 00000001 26 00000002 0201                                              | [0201]
            """)
    void findsNalUnitsOfHevc(String name, String wire, String expected) {
        assertEquals(expected.strip(), text(scanned(TsCodec.HEVC, wire, 4)).strip());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            AVC  | 4 | 00000001 00 00000002 4188                        | [4188]       | 1
            AVC  | 4 | 00000002 4188 00000003 000000 00000004 00000000  | [4188]       | 2
            AVC  | 4 | 00000003 000000                                  | [] E         | 1
            AVC  | 2 | 0003 000001 0002 4188                            | [000001, 4188] | 0
            AVC  | 4 | 00000000 00000002 4188                           | [4188]       | 0
            HEVC | 4 | 00000004 00000000 00000003 020155                | [020155]     | 1
            HEVC | 4 | 00000003 000155                                  | [000155]     | 0
            """)
    void invariant50_aNalUnitOfZerosIsBroken(TsCodec codec, int lengthBytes, String wire, String expected, int broken) {
        VideoUnit unit = scanned(codec, wire, lengthBytes);
        assertEquals(expected, text(unit).strip());
        assertEquals(broken, unit.brokenNalUnits());
        unit.scan(Muxed.message(Muxed.hex("00000001 41")), 0, 5, 4);
        assertEquals(0, unit.brokenNalUnits());
    }

    @Test
    void copiesParameterSetsWhereverTheyStand() {
        VideoUnit avc = scanned(TsCodec.AVC, "00000002 67aa 00000002 68bb 00000002 0600 00000002 68cc", 4);
        VideoUnit hevc = scanned(TsCodec.HEVC, "00000002 4001 00000002 4201 00000002 4401", 4);
        assertEquals("[67aa, 68bb, 68cc]", avc.parameterSets().toString());
        assertEquals("[4001, 4201, 4401]", hevc.parameterSets().toString());
        assertEquals(List.of(), scanned(TsCodec.AVC, "00000002 67aa 00000009 65", 4).parameterSets());
    }

    @Test
    void holdsAsManyNalUnitsAsAnAccessUnitMayHave() {
        VideoUnit most = scanned(TsCodec.AVC, "0165".repeat(4096), 1);
        assertEquals(4096, most.count());
        assertFalse(most.isDamaged());
        assertEquals(2 + 2 * 4095 + 1, most.start(4095));

        VideoUnit tooMany = scanned(TsCodec.AVC, "0165".repeat(4097), 1);
        assertTrue(tooMany.isDamaged());
        assertEquals(0, tooMany.count());
        assertFalse(tooMany.isRandomAccessPoint());
        assertTrue(scanned(TsCodec.AVC, "00000165".repeat(4097), 4).isDamaged());
        assertFalse(scanned(TsCodec.AVC, "0109".repeat(4097) + "0165", 1).isDamaged());
    }

    @Test
    void refusesWhatIsTooLongForAMessage() {
        VideoUnit unit = new VideoUnit(TsCodec.AVC);
        byte[] body = new byte[VideoUnit.MAX_BYTES + 1];
        unit.scan(Muxed.message(body), 0, body.length, 4);
        assertTrue(unit.isDamaged());
        unit.scan(Muxed.message(body), 0, body.length - 1, 4);
        assertFalse(unit.isDamaged());
    }

    @Test
    void forgetsTheMessageBefore() {
        VideoUnit unit = scanned(TsCodec.AVC, "00000001 67 00000001 68 00000001 65", 4);
        unit.scan(Muxed.message(Muxed.hex("00000009 41")), 0, 5, 4);
        assertEquals("[] ED", text(unit));
        unit.scan(Muxed.message(Muxed.hex("00000001 41")), 0, 5, 4);
        assertEquals("[41] ", text(unit));
    }

    @Test
    void refusesBadArguments() {
        VideoUnit unit = new VideoUnit(TsCodec.AVC);
        MediaFrame message = Muxed.message(Muxed.hex("00000001 41"));
        assertTrue(unit.isEmpty());
        assertThrows(IllegalArgumentException.class, () -> new VideoUnit(TsCodec.AAC));
        assertThrows(IllegalArgumentException.class, () -> unit.scan(message, 0, 5, 3));
        assertThrows(IndexOutOfBoundsException.class, () -> unit.scan(message, 1, 5, 4));
        assertThrows(IndexOutOfBoundsException.class, () -> unit.scan(message, -1, 5, 4));
    }
}
