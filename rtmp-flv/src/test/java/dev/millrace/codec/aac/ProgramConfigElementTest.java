package dev.millrace.codec.aac;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.codec.aac.ProgramConfigElement.Element;
import dev.millrace.media.Bytes;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramConfigElementTest {

    // "sent" are configurations of FFmpeg 8.1, with its comment "Lavc62.28.102" and "no SBR" behind it; the others are by hand.
    // Columns: bytes | front / side / back / LFE tags / data tags / coupling | mixdowns | channels | fixed configuration
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            sent, 2.1       | 118004c4010020000d4c61766336322e32382e31303256e500     | P0 / / / 0 / /         | - - - | 3 | -
            sent, quad      | 118004c4040021100d4c61766336322e32382e31303256e500     | P0 / / P1 / / /        | - - - | 4 | -
            sent, 5.1 side  | 118004c844002000c40d4c61766336322e32382e31303256e500   | P0 S0 / S1 / P1 / / /  | - - - | 6 | -
            sent, 6.1       | 118004c848002000c4400d4c61766336322e32382e31303256e500 | P0 S0 / S1 / P1 S2 / / / | - - - | 7 | -
            sent, 7.1 wide  | 118004c848002000c6400d4c61766336322e32382e31303256e500 | P0 S0 / S1 / P1 P2 / / / | - - - | 8 | -
            mono            | 118004c400000000     | S0 / / / / /               | - - - | 1 | 1
            stereo          | 118004c400002000     | P0 / / / / /               | - - - | 2 | 2
            stereo, tag 1   | 118004c400002200     | P1 / / / / /               | - - - | 2 | -
            3.0             | 118004c80000010000   | S0 P0 / / / / /            | - - - | 3 | 3
            4.0             | 118004c8040001008000 | S0 P0 / / S1 / / /         | - - - | 4 | 4
            5.0             | 118004c8040001088000 | S0 P0 / / P1 / / /         | - - - | 5 | 5
            5.1             | 118004c8050001088000 | S0 P0 / / P1 / 0 / /       | - - - | 6 | 6
            5.1, at sides   | 118004c8410001088000 | S0 P0 / P1 / / 0 / /       | - - - | 6 | 6
            7.1 wide        | 118004cc05000108c80000 | S0 P0 P1 / / P2 / 0 / /  | - - - | 8 | 7
            7.1             | 118004c845000108c80000 | S0 P0 / P1 / P2 / 0 / /  | - - - | 8 | -
            coupling        | 118004c40002210000   | P0 / / / / / P0            | - - - | 2 | -
            all fields      | 11809d0487455b78e85d091c4c1e02cafe | S3 / P4 S5 / P10 / 1,2,3 / 8,9 / P0 S15 | 5 6 7 | 9 | -
            """)
    void readsAndWrites(String name, String wire, String elements, String mixdowns, int channels, String fixed) throws Exception {
        AudioSpecificConfig config = AudioSpecificConfigTest.parse(wire);
        ProgramConfigElement program = config.programConfig().orElseThrow();
        assertEquals(elements.replace(" ", ""), text(program));
        assertEquals(mixdowns, number(program.monoMixdownTag()) + " " + number(program.stereoMixdownTag()) + " " + number(program.matrixMixdown()));
        assertEquals(channels, config.channels());
        assertEquals(fixed, number(program.fixedChannelConfiguration()));
        assertEquals(wire.replace(" ", ""), AudioSpecificConfigTest.written(config));
    }

    @Test
    void keepsTheRestOfTheFields() throws Exception {
        ProgramConfigElement program =
                AudioSpecificConfigTest.parse("11809d0487455b78e85d091c4c1e02cafe").programConfig().orElseThrow();
        assertEquals(9, program.elementInstanceTag());
        assertEquals(3, program.objectType());
        assertEquals(4, program.samplingFrequencyIndex());
        assertEquals(Bytes.copyOf((byte) 0xca, (byte) 0xfe), program.comment());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"mono, 0, 1", "too many front, 16, 0", "too many LFE, 0, 4", "nothing, 0, 0", "tag 16, 1, 0", "comment, 1, 1"})
    void checksWhatItIsMadeOf(String name, int frontCount, int lfeCount) {
        List<Element> front = Collections.nCopies(frontCount, new Element(false, 0));
        List<Integer> lfe = Collections.nCopies(lfeCount, name.equals("comment") ? 15 : 0);
        int tag = name.startsWith("tag") ? 16 : 15;
        Bytes comment = Bytes.copyOf(new byte[name.equals("comment") ? 256 : 255]);
        if (name.equals("mono")) {
            assertEquals(1, program(tag, front, lfe, comment).channels());
        } else {
            assertThrows(IllegalArgumentException.class, () -> program(tag, front, lfe, comment));
        }
    }

    @Test
    void checksTheTagOfAnElement() {
        assertThrows(IllegalArgumentException.class, () -> new Element(true, 16));
        assertThrows(IllegalArgumentException.class, () -> new Element(true, -1));
    }

    private static ProgramConfigElement program(int tag, List<Element> front, List<Integer> lfe, Bytes comment) {
        OptionalInt none = OptionalInt.empty();
        return new ProgramConfigElement(tag, 1, 3, front, List.of(), List.of(), lfe, List.of(), List.of(), none, none, none, comment);
    }

    private static String text(ProgramConfigElement program) {
        return elements(program.front()) + "/" + elements(program.side()) + "/" + elements(program.back()) + "/"
                + tags(program.lfeTags()) + "/" + tags(program.dataTags()) + "/" + elements(program.coupling());
    }

    private static String elements(List<Element> elements) {
        return elements.stream().map(element -> (element.flag() ? "P" : "S") + element.instanceTag()).collect(Collectors.joining());
    }

    private static String tags(List<Integer> tags) {
        return tags.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static String number(OptionalInt number) {
        return number.isPresent() ? String.valueOf(number.getAsInt()) : "-";
    }
}
