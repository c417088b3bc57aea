package dev.millrace.hls.ts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.hls.testkit.TsPes;
import dev.millrace.hls.testkit.TsReader;
import dev.millrace.media.Bytes;
import dev.millrace.sample.Sample;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which NAL units of an access unit are written, behind the muxer's own delimiter and parameter sets. */
class TsMuxerNalUnitsTest {

    private static final long BASE = 900_000;

    /** The NAL units that were written without the delimiter, R if decoding can start there; nothing if the access unit was dropped. */
    private static String written(TsCodec codec, String wire) {
        Muxed muxed = new Muxed(new TsProgram(Optional.of(codec), Optional.empty(), false)).begin();
        Sample sample = muxed.access(codec, Muxed.hex(wire)).orElseThrow();
        TsReader reader = TsReader.read(muxed.write(sample, BASE, BASE).end().segments);
        assertEquals(1 - reader.video().size(), muxed.muxer.droppedSamples());
        if (reader.video().isEmpty()) {
            return "";
        }
        TsPes pes = reader.video().get(0);
        List<Bytes> units = pes.nalUnits();
        assertEquals(codec == TsCodec.AVC ? "09f0" : "460150", units.get(0).toString());
        String dropped = " ".repeat((int) Math.min(1, muxed.muxer.droppedNalUnits())) + "0".repeat((int) muxed.muxer.droppedNalUnits());
        return units.subList(1, units.size()) + (pes.randomAccess() ? " R" : "") + dropped;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a slice               | 00000002 4188                                    | [4188]
            IDR                   | 00000002 6588                                    | [674201, 68ce, 6588] R
            with its sets         | 00000001 67 00000001 68 00000001 65              | [67, 68, 65] R
            without PPS           | 00000001 67 00000001 65                          | [674201, 68ce, 67, 65] R
            without SPS           | 00000001 68 00000001 65                          | [674201, 68ce, 68, 65] R
            sets behind the slice | 00000001 65 00000001 67 00000001 68              | [674201, 68ce, 65, 67, 68] R
            delimiter, filler     | 00000002 0910 00000002 0cff 00000001 41          | [41]
            SEI is kept           | 00000002 0680 00000001 41                        | [0680, 41]
            SEI alone             | 00000002 0600                                    | ''
            partitions            | 00000001 42                                      | [42]
            empty ones            | 00000000 00000001 41 00000000                    | [41]
            padding               | 00000001 41 000000                               | [41]
            part of a length      | 00000002 4188 000001                             | ''
            length past the end   | 00000002 4188 00000002 41                        | ''
            start codes           | 00000001 4188 000001 41 00000000 000001 4199 00  | [4188, 41, 4199]
            empty between codes   | 00000001 00000001 000001 41880000                | [4188]
            zeros                 | 00000001 00 00000002 4188                        | [4188] 0
            zeros behind          | 00000002 4188 00000003 000000 00000004 00000000  | [4188] 00
            zeros alone           | 00000003 000000                                  | ''
            """)
    void ofAvc(String name, String wire, String expected) {
        assertEquals(expected, written(TsCodec.AVC, wire));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            TRAIL_R         | 00000003 020155                                         | [020155]
            CRA_NUT         | 00000003 2a0155                                         | [4001aa, 4201bb, 4401cc, 2a0155] R
            reserved 22     | 00000003 2c0155                                         | ''
            with its sets   | 00000002 4001 00000002 4201 00000002 4401 00000002 2601 | [4001, 4201, 4401, 2601] R
            without VPS     | 00000002 4201 00000002 4401 00000002 2601               | [4001aa, 4201bb, 4401cc, 4201, 4401, 2601] R
            delimiter       | 00000003 460150 00000002 0201                           | [0201]
            filler, SEI     | 00000003 4c01ff 00000003 4e0155 00000002 0201           | [4e0155, 0201]
            half a header   | 00000001 26 00000002 0201                               | [0201]
            zeros           | 00000004 00000000 00000003 020155                       | [020155] 0
            zeros alone     | 00000004 00000000                                       | ''
            a slice with 00 | 00000003 000155                                         | [000155]
            """)
    void ofHevc(String name, String wire, String expected) {
        assertEquals(expected, written(TsCodec.HEVC, wire));
    }
}
