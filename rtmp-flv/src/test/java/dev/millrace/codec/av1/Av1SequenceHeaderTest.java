package dev.millrace.codec.av1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.bits.BitText;
import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Av1SequenceHeaderTest {

    /** From use_128x128_superblock to enable_restoration, with an order hint and screen content tools chosen for each frame. */
    private static final String TOOLS = "3=0 4=0 1=1 2=3 1=1 1=1 3=6 3=0 ";

    // Written by SVT-AV1 and libaom; the expectations are those of ffprobe 8.1. Size, chroma format, codec string, profile.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            SVT-AV1      | 0200000d2627fb3805f00080   | 640x360 1 av01.0.01M.08 Main none
            SVT-AV1 10   | 0200000521e7f66017c202     | 320x180 1 av01.0.00M.10 Main none
            odd size     | 000000043d02c8daf90040     | 321x179 1 av01.0.00M.08 Main none
            4:4:4 10     | 200000043cfeccdaf960404122 | 320x180 3 av01.1.00M.10 High none
            grey         | 000000043cfeccdaf92a       | 320x180 0 av01.0.00M.08 Main none
            4:2:2 12     | 400000043cfeccdaf96220     | 320x180 2 av01.2.00M.12 Professional none
            """)
    void readsWhatEncodersWrite(String name, String wire, String expected) throws Exception {
        assertEquals(expected, text(Av1SequenceHeader.parse(Bytes.takeOver(TrackedBuffers.bytes(wire)))));
    }

    // By hand from AV1, 5.5.1.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            25 a second         | 1=1 32=1 32=25 1=1 ue=0 1=0 1=0 5=0 12=0 5=4                                                    | 2x1 1 av01.0.04M.08 Main 25.0
            two ticks a picture | 1=1 32=1001 32=60000 1=1 ue=1 1=0 1=0 5=0 12=0 5=4                                              | 2x1 1 av01.0.04M.08 Main 29.97
            no equal interval   | 1=1 32=1 32=25 1=0 1=0 1=0 5=0 12=0 5=4                                                         | 2x1 1 av01.0.04M.08 Main none
            tick of 0           | 1=1 32=0 32=25 1=1 ue=0 1=0 1=0 5=0 12=0 5=4                                                    | 2x1 1 av01.0.04M.08 Main none
            most ticks          | 1=1 32=4294967295 32=4294967295 1=1 ue=4294967294 1=0 1=0 5=0 12=0 5=4                          | 2x1 1 av01.0.04M.08 Main none
            high tier           | 1=0 1=0 5=0 12=0 5=13 1=1                                                                       | 2x1 1 av01.0.13H.08 Main none
            main tier           | 1=0 1=0 5=0 12=0 5=31 1=0                                                                       | 2x1 1 av01.0.31M.08 Main none
            display delay       | 1=0 1=1 5=1 12=0 5=7 1=1 4=9 12=1 5=8 1=1 1=0                                                   | 2x1 1 av01.0.07M.08 Main none
            decoder model       | 1=1 32=1 32=25 1=0 1=1 5=31 32=1 10=0 1=1 5=1 12=0 5=7 1=1 32=99 32=99 1=1 1=1 4=9 12=1 5=8 1=1 1=0*2 | 2x1 1 av01.0.07M.08 Main none
            32 points           | 1=0 1=0 5=31 12=0 5=9 1=0 17=0*31                                                               | 2x1 1 av01.0.09M.08 Main none
            """)
    void readsTimingAndOperatingPoints(String name, String bits, String expected) throws Exception {
        assertEquals(expected, text(parse("3=0 1=0 1=0 " + bits + " 4=1 4=0 2=1 1=0 1=0 " + TOOLS + "1=0 1=0 1=0 1=0 2=0")));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            smallest            | 4=0 4=0 1=0 1=0 1=0 3=0 4=0 1=0 1=1 1=1 3=0   | 1x1
            greatest            | 4=15 4=15 16=65535 16=65535 1=0 3=0 4=0 1=0 1=1 1=1 3=0 | 65536x65536
            frame identifiers   | 4=1 4=1 2=2 2=1 1=1 4=9 3=7 3=0 4=0 1=0 1=1 1=1 3=0 | 3x2
            tools never         | 4=1 4=1 2=2 2=1 1=0 3=0 4=0 1=1 2=3 1=0 1=0 3=7 3=0 | 3x2
            tools forced        | 4=1 4=1 2=2 2=1 1=0 3=0 4=0 1=1 2=3 1=0 1=1 1=0 1=1 3=7 3=0 | 3x2
            tools chosen        | 4=1 4=1 2=2 2=1 1=0 3=0 4=0 1=0 1=1 1=0 1=1 3=0 | 3x2
            """)
    void passesOverTools(String name, String bits, String expected) throws Exception {
        // Monochrome in 10 bits: found only if nothing before was misread.
        Av1SequenceHeader header = parse("3=0 1=0 1=0 1=0 1=0 5=0 12=0 5=4 " + bits + " 1=1 1=1 1=0");
        assertEquals(expected + " 0 av01.0.04M.10 Main none", text(header));
    }

    // AV1, 5.5.2.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            Main                  | 0 | 1=0 1=0 1=0 1=0                    | 1 8
            Main, 10 bits         | 0 | 1=1 1=0 1=0 1=0                    | 1 10
            Main, grey            | 0 | 1=0 1=1 1=1 24=65793               | 0 8
            Main, described       | 0 | 1=0 1=0 1=1 24=65793 1=1           | 1 8
            High                  | 1 | 1=0 1=0 1=0                        | 3 8
            High, sRGB            | 1 | 1=1 1=1 24=68864                   | 3 10
            Professional          | 2 | 1=0 1=0 1=0 1=0                    | 2 8
            Professional, 10 bits | 2 | 1=1 1=0 1=0 1=0 1=0                | 2 10
            Professional, 4:2:0   | 2 | 1=1 1=1 1=0 1=0 1=0 1=1 1=1        | 1 12
            Professional, 4:2:2   | 2 | 1=1 1=1 1=0 1=0 1=0 1=1 1=0        | 2 12
            Professional, 4:4:4   | 2 | 1=1 1=1 1=0 1=0 1=0 1=0            | 3 12
            Professional, sRGB    | 2 | 1=1 1=0 1=0 1=1 24=68864           | 3 10
            Professional, grey    | 2 | 1=1 1=1 1=1 1=0                    | 0 12
            """)
    void readsColours(String name, int profile, String bits, String expected) throws Exception {
        Av1SequenceHeader header = parse("3=" + profile + " 1=0 1=0 1=0 1=0 5=0 12=0 5=4 4=1 4=0 2=1 1=0 1=0 " + TOOLS + bits);
        assertEquals(expected, header.chromaFormat() + " " + header.bitDepth());
    }

    @Test
    void readsTheHeaderOfAStillPicture() throws Exception {
        assertEquals("3x2 0 av01.0.05M.10 Main none", text(parse("3=0 1=1 1=1 5=5 4=1 4=1 2=2 2=1 3=0 3=0 1=1 1=1 1=0")));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            nothing              | 2=0                                 | operating_points_cnt_minus_1 of 5 bits in 1
            profile 3            | 3=3 1=0 1=0 30=0                    | seq_profile 3 is not 0 to 2
            golomb of 32 zeros   | 3=0 1=0 1=0 1=1 32=1 32=1 1=1 32=0 1=1 | num_ticks_per_picture_minus_1 has more than 31 leading zeros
            points cut off       | 3=0 1=0 1=0 1=0 1=0 5=31 12=0 5=0   | operating_point_idc of 12 bits in 3
            size cut off         | 3=0 1=0 1=1 5=0 4=15 4=15 14=0      | max_frame_width_minus_1 of 16 bits in 14
            """)
    void refuses(String name, String bits, String reason) {
        assertEquals(reason, assertThrows(MalformedException.class, () -> parse(bits)).getMessage());
    }

    @Test
    void refusesWhatIsCutOff() throws Exception {
        Bytes whole = Bytes.takeOver(TrackedBuffers.bytes("0200000d2627fb3805f00080"));
        for (int length = 0; length < 11; length++) {
            Bytes part = whole.slice(0, length);
            assertThrows(MalformedException.class, () -> Av1SequenceHeader.parse(part), () -> part.size() + " bytes");
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            0, 4,  false, 8,  Main,         3.0,                av01.0.04M.08
            1, 13, true,  10, High,         5.1,                av01.1.13H.10
            2, 31, true,  12, Professional, maximum parameters, av01.2.31H.12
            7, 0,  false, 8,  profile 7,    2.0,                av01.7.00M.08
            """)
    void namesProfilesAndLevels(int profile, int level, boolean high, int bits, String profileName, String levelName, String codecString) {
        Av1Profile name = new Av1Profile(profile, level, high, bits);
        assertEquals(profileName, name.profileName());
        assertEquals(levelName, name.levelName());
        assertEquals(codecString, name.codecString());
    }

    private static Av1SequenceHeader parse(String bits) throws MalformedException {
        return Av1SequenceHeader.parse(BitText.bytes(bits));
    }

    private static String text(Av1SequenceHeader header) {
        return header.maxFrameWidth() + "x" + header.maxFrameHeight() + " " + header.chromaFormat() + " " + header.codecString() + " " + header.profileName()
                + " " + header.framesPerSecond().stream().mapToObj(rate -> Math.round(rate * 1000) / 1000.0 + "").findAny().orElse("none");
    }
}
