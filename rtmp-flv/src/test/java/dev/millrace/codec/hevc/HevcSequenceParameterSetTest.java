package dev.millrace.codec.hevc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.bits.BitText;
import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HevcSequenceParameterSetTest {

    /** Header, parameter set 0, one temporal layer, Main profile at level 2; what follows is sps_seq_parameter_set_id. */
    private static final String START = "1=0 6=33 6=0 3=1 4=0 3=0 1=1 2=0 1=0 5=1 32=1610612736 48=0 8=60 ";

    /** From log2_max_pic_order_cnt_lsb_minus4 to pcm_enabled_flag. */
    private static final String TOOLS = "ue=4 1=1 ue=4 ue=0 ue=0 ue=0*6 1=0 1=0 1=0 1=0 ";

    /** From num_short_term_ref_pic_sets to strong_intra_smoothing_enabled_flag. */
    private static final String NO_SETS = "ue=0 1=0 1=0 1=0 ";

    // Written by x265; the expectations are those of ffprobe 8.1. Layers, chroma format, bits, size, coded size, aspect ratio, rate.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            Main                    | 42010101600000030090000003000003003fa0050201696595924932bc05a02000000300200000030321             | 1 1 8 640x360 640x360 1:1 25.0
            Main                    | 42010101600000030090000003000003003ca00a880c1c4446595952930bc05a02000007d20000ea60               | 1 1 8 322x178 336x192 1:1 29.97
            Format Range Extensions | 4201010408000003009e0800000300003c90015101838423b2caca94985e02d010000003001000000301e0           | 1 3 8 321x179 336x192 1:1 30.0
            Main 10                 | 42010102200000030090000003000003007ba003c0801107cad965654a4c2f0e680800000300080000030190402200 | 1 1 10 1920x1080 1920x1088 4:3 50.0
            Main                    | 4201012160000003009000000300000300 99a00d080f165959529385e02d010000030001000003001908            | 1 1 8 416x240 416x240 1:1 25.0
            Main                    | 42010101600000030040000003000003003ca00d080f16595952930bc05a8101009a00000300020000030032c0292cbc001e848003d090 | 1 1 8 416x240 416x240 1:1 25.0 fields
            Format Range Extensions | 42010104080000030099c800000300003cc034203c452965654a4c2f016c08000003000800000300c840             | 1 0 12 416x240 416x240 1:1 25.0
            """)
    void readsWhatEncodersWrite(String profile, String wire, String expected) throws Exception {
        HevcSequenceParameterSet sps = HevcSequenceParameterSet.parse(Bytes.takeOver(TrackedBuffers.bytes(wire)));
        assertEquals(profile, sps.profileTierLevel().profileName());
        assertEquals(expected, text(sps));
        assertEquals(sps.bitDepthLuma(), sps.bitDepthChroma());
    }

    // By hand from H.265, 7.3.2.2: the sizes, what is between them and the VUI, and a rate of 25, which is only found if nothing was misread.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            smallest         | ue=1 ue=8*2 1=0                    | 1 8x8 8x8
            crop of 4:2:0    | ue=1 ue=64*2 1=1 ue=1 ue=2 ue=3 ue=4 | 1 58x50 64x64
            crop of 4:2:2    | ue=2 ue=64*2 1=1 ue=1 ue=2 ue=3 ue=4 | 2 58x57 64x64
            crop of 4:4:4    | ue=3 1=0 ue=64*2 1=1 ue=1 ue=2 ue=3 ue=4 | 3 61x57 64x64
            crop of planes   | ue=3 1=1 ue=64*2 1=1 ue=1 ue=2 ue=3 ue=4 | 3 61x57 64x64
            crop of grey     | ue=0 ue=64*2 1=1 ue=1 ue=2 ue=3 ue=4 | 0 61x57 64x64
            greatest         | ue=1 ue=65536*2 1=0                | 1 65536x65536 65536x65536
            """)
    void readsSizes(String name, String bits, String expected) throws Exception {
        HevcSequenceParameterSet sps = parse(START + "ue=0 " + bits + " ue=0*2 " + TOOLS + NO_SETS + "1=1 1=0*4 1=0*3 1=0 1=1 32=1 32=25 1=0");
        assertEquals(expected, sps.chromaFormat() + " " + sps.width() + "x" + sps.height() + " " + sps.codedWidth() + "x" + sps.codedHeight());
        assertEquals(25, sps.picturesPerSecond().orElseThrow());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            scaling lists by default | ue=4 1=1 ue=4 ue=0*2 ue=0*6 1=1 1=0 1=0*2 1=0 ue=0 1=0*3
            scaling lists as others  | ue=4 1=1 ue=4 ue=0*2 ue=0*6 1=1 1=1 1=0 ue=0 1=0 ue=1 1=0 ue=2 1=0 ue=0 1=0 ue=0 1=0 ue=5 1=0 ue=0 1=0 ue=0 1=0 ue=0 1=0 ue=0 1=0 ue=0 1=0 ue=0 1=0 ue=0 1=0 ue=0 1=0 ue=0 1=0 ue=0 1=0 ue=0 1=0 ue=0 1=0 ue=0 1=0 ue=1 1=0*2 1=0 ue=0 1=0*3
            scaling lists in full    | ue=4 1=1 ue=4 ue=0*2 ue=0*6 1=1 1=1 1=1 se=-3*16 1=1 se=-3*16 1=1 se=-3*16 1=1 se=-3*16 1=1 se=-3*16 1=1 se=-3*16 1=1 se=2*64 1=1 se=2*64 1=1 se=2*64 1=1 se=2*64 1=1 se=2*64 1=1 se=2*64 1=1 se=7 se=-1*64 1=1 se=7 se=-1*64 1=1 se=7 se=-1*64 1=1 se=7 se=-1*64 1=1 se=7 se=-1*64 1=1 se=7 se=-1*64 1=1 se=7 se=3*64 1=1 se=7 se=3*64 1=0*2 1=0 ue=0 1=0*3
            PCM                      | ue=4 1=1 ue=4 ue=0*2 ue=0*6 1=0 1=0*2 1=1 4=7 4=7 ue=1 ue=2 1=1 ue=0 1=0*3
            long-term pictures       | ue=12 1=1 ue=4 ue=0*2 ue=0*6 1=0 1=0*2 1=0 ue=0 1=1 ue=32 17=99999*32 1=0*2
            short-term pictures      | ue=4 1=1 ue=4 ue=0*2 ue=0*6 1=0 1=0*2 1=0 ue=2 ue=1 ue=2 ue=0 1=1 ue=1 1=0 ue=2 1=1 1=0 ue=16 ue=0 ue=32767 1=1 ue=0*1 1=1 ue=5 1=0 ue=6 1=1 ue=7 1=1 ue=8 1=1 ue=9 1=1 ue=9 1=1 ue=9 1=1 ue=9 1=1 ue=9 1=1 ue=9 1=1 ue=9 1=1 ue=9 1=1 ue=9 1=1 ue=9 1=1 1=0*3
            predicted from others    | ue=4 1=1 ue=4 ue=0*2 ue=0*6 1=0 1=0*2 1=0 ue=3 ue=1 ue=1 ue=0 1=1 ue=0 1=1 1=1 1=1 ue=1 1=1 1=0*2 1=0 1=1 1=1 1=0 ue=0 1=1*3 1=0*3
            differences add up       | ue=4 1=1 ue=4 ue=0*2 ue=0*6 1=0 1=0*2 1=0 ue=3 ue=2 ue=0 ue=0 1=1 ue=1 1=1 1=1 1=0 ue=1 1=1*3 1=1 1=1 ue=0 1=1*4 1=0*3
            predicted in order       | ue=4 1=1 ue=4 ue=0*2 ue=0*6 1=0 1=0*2 1=0 ue=4 ue=2 ue=0 ue=0 1=1 ue=1 1=1 1=1 1=1 ue=0 1=1*3 1=1 1=0 ue=1 1=0*2 1=1*3 1=1 1=1 ue=0 1=1*3 1=0*3
            predicted as zero        | ue=4 1=1 ue=4 ue=0*2 ue=0*6 1=0 1=0*2 1=0 ue=3 ue=1 ue=1 ue=0 1=1 ue=0 1=1 1=1 1=1 ue=0 1=1*3 1=1 1=1 ue=0 1=1*3 1=0*3
            """)
    void passesOverCodingTools(String name, String bits) throws Exception {
        HevcSequenceParameterSet sps = parse(START + "ue=0 ue=1 ue=64*2 1=0 ue=0*2 " + bits + " 1=1 1=1 8=14 1=0*3 1=0*3 1=0 1=1 32=1001 32=30000 1=0");
        assertEquals("1 1 8 64x64 64x64 4:3 29.97", text(sps));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            none            | 1=0                                                                                                                  | 1:1 none
            empty           | 1=1 1=0*4 1=0*3 1=0 1=0                                                                                             | 1:1 none
            fields          | 1=1 1=0*4 1=0 1=1 1=1 1=0 1=1 32=1 32=50                                                                            | 1:1 50.0 fields
            all             | 1=1 1=1 8=255 16=3 16=7 1=1*2 1=1 4=11 1=1 24=65793 1=1 ue=5*2 1=1 1=0 1=1 1=1 ue=1 ue=2 ue=3 ue=4 1=1 32=1 32=50 1=1 | 3:7 50.0
            tick of 0       | 1=1 1=0*4 1=0*3 1=0 1=1 32=0 32=50                                                                                  | 1:1 none
            too fast        | 1=1 1=0*4 1=0*3 1=0 1=1 32=1 32=241                                                                                 | 1:1 none
            """)
    void readsUsability(String name, String bits, String expected) throws Exception {
        assertEquals("1 1 8 64x64 64x64 " + expected, text(parse(START + "ue=0 ue=1 ue=64*2 1=0 ue=0*2 " + TOOLS + NO_SETS + bits)));
    }

    // 7.3.3: of the sub-layers, the first has profile and level, the second only a level; then 2 bits for each up to 8.
    @Test
    void passesOverSubLayers() throws Exception {
        String start = "1=0 6=33 6=0 3=1 4=0 3=2 1=1 2=0 1=1 5=1 32=1610612736 48=0 8=60 2=3 2=1 12=0 32=4294967295 32=4294967295 24=16777215 8=30 8=31 ";
        String tools = "ue=4 1=1 ue=4 ue=0 ue=0 ue=4 ue=0 ue=0 ue=4 ue=1 ue=2 ue=0*6 1=0 1=0 1=0 1=0 ";
        HevcSequenceParameterSet sps = parse(start + "ue=0 ue=1 ue=64*2 1=0 ue=0*2 " + tools + NO_SETS + "1=1 1=0*4 1=0*3 1=0 1=1 32=1 32=25 1=0");
        assertEquals("3 1 8 64x64 64x64 1:1 25.0", text(sps));
        assertEquals("hvc1.1.6.H60", sps.codecString());
        HevcSequenceParameterSet two = parse("1=0 6=33 6=0 3=1 4=0 3=1 1=1 2=0 1=0 5=1 32=1610612736 48=0 8=60 16=0 ue=0 ue=1 ue=64*2 1=0 ue=0*2 "
                + "ue=4 1=0 ue=4 ue=0*2 ue=0*6 1=0*4 " + NO_SETS + "1=1 1=0*4 1=0*3 1=0 1=1 32=1 32=25 1=0");
        assertEquals("2 1 8 64x64 64x64 1:1 25.0", text(two));
        HevcSequenceParameterSet onlyLast = parse(start + "ue=0 ue=1 ue=64*2 1=0 ue=0*2 ue=4 1=0 ue=4 ue=0*2 ue=0*6 1=0*4 " + NO_SETS
                + "1=1 1=0*4 1=0*3 1=0 1=1 32=1 32=25 1=0");
        assertEquals(sps, onlyLast);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            PPS                   | 1=0 6=34 6=0 3=1 32=0                                  | nal_unit_type 34 of layer 0 is not 33 of layer 0
            another layer         | 1=0 6=33 6=1 3=1 32=0                                  | nal_unit_type 33 of layer 1 is not 33 of layer 0
            8 temporal layers     | 1=0 6=33 6=0 3=1 4=0 3=7 1=1                           | sps_max_sub_layers_minus1 7 is not 0 to 6
            sub-layers cut off    | 1=0 6=33 6=0 3=1 4=0 3=6 1=1 96=0 16=65535 8=0         | sub_layer_profile of 88 bits in 8
            """)
    void refusesHeaders(String name, String bits, String reason) {
        assertEquals(reason, assertThrows(MalformedException.class, () -> parse(bits)).getMessage());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            identifier 16         | ue=16                                                  | sps_seq_parameter_set_id 16 is not 0 to 15
            golomb of 32 zeros    | 32=0 1=1                                               | sps_seq_parameter_set_id has more than 31 leading zeros
            chroma format 4       | ue=0 ue=4                                              | chroma_format_idc 4 is not 0 to 3
            too wide              | ue=0 ue=1 ue=65537                                     | pic_width_in_luma_samples 65537 is not 0 to 65536
            too high              | ue=0 ue=1 ue=64 ue=4294967294                          | pic_height_in_luma_samples 4294967294 is not 0 to 65536
            no width              | ue=0 ue=1 ue=0 ue=64 1=0                               | conformance window takes 0 of the width 0
            no height             | ue=0 ue=1 ue=64 ue=0 1=0                               | conformance window takes 0 of the height 0
            crop of all           | ue=0 ue=1 ue=64*2 1=1 ue=16*2 ue=0*2                   | conformance window takes 64 of the width 64
            crop of more lines    | ue=0 ue=1 ue=64*2 1=1 ue=0*2 ue=65536*2                | conformance window takes 262144 of the height 64
            crop of 2^32          | ue=0 ue=1 ue=64*2 1=1 ue=4294967294                    | conf_win_left_offset, conf_win_right_offset 4294967294 is not 0 to 65536
            17 bits               | ue=0 ue=1 ue=64*2 1=0 ue=9                             | bit_depth_luma_minus8 9 is not 0 to 8
            17 bits of chroma     | ue=0 ue=1 ue=64*2 1=0 ue=0 ue=9                        | bit_depth_chroma_minus8 9 is not 0 to 8
            log2 order count 32   | ue=0 ue=1 ue=64*2 1=0 ue=0*2 ue=28                     | log2_max_pic_order_cnt_lsb_minus4 28 is not 0 to 12
            65 sets               | ue=0 ue=1 ue=64*2 1=0 ue=0*2 ue=4 1=1 ue=4 ue=0*2 ue=0*6 1=0*4 ue=65                      | num_short_term_ref_pic_sets 65 is not 0 to 64
            17 pictures before    | ue=0 ue=1 ue=64*2 1=0 ue=0*2 ue=4 1=1 ue=4 ue=0*2 ue=0*6 1=0*4 ue=1 ue=17                 | num_negative_pics 17 is not 0 to 16
            17 pictures           | ue=0 ue=1 ue=64*2 1=0 ue=0*2 ue=4 1=1 ue=4 ue=0*2 ue=0*6 1=0*4 ue=1 ue=8 ue=9             | num_positive_pics 9 is not 0 to 8
            far picture           | ue=0 ue=1 ue=64*2 1=0 ue=0*2 ue=4 1=1 ue=4 ue=0*2 ue=0*6 1=0*4 ue=1 ue=1 ue=0 ue=32768    | delta_poc_minus1 32768 is not 0 to 32767
            17 pictures predicted | ue=0 ue=1 ue=64*2 1=0 ue=0*2 ue=4 1=1 ue=4 ue=0*2 ue=0*6 1=0*4 ue=2 ue=16 ue=0 9=511*3 9=511 1=1 1=1 ue=0 1=1*17 1=1*17 | reference picture set of 17 pictures exceeds 16
            33 long-term pictures | ue=0 ue=1 ue=64*2 1=0 ue=0*2 ue=4 1=1 ue=4 ue=0*2 ue=0*6 1=0*4 ue=0 1=1 ue=33             | num_long_term_ref_pics_sps 33 is not 0 to 32
            """)
    void refuses(String name, String bits, String reason) {
        assertEquals(reason, assertThrows(MalformedException.class, () -> parse(START + bits)).getMessage());
    }

    @Test
    void refusesWhatIsCutOff() throws Exception {
        Bytes whole = Bytes.takeOver(TrackedBuffers.bytes("42010101600000030090000003000003003fa0050201696595924932bc05a0200000030020000003032122"));
        for (int length = 0; length < 41; length++) {
            Bytes part = whole.slice(0, length);
            assertThrows(MalformedException.class, () -> HevcSequenceParameterSet.parse(part), () -> part.size() + " bytes");
        }
        assertEquals(HevcSequenceParameterSet.parse(whole), HevcSequenceParameterSet.parse(whole.slice(0, 42)));
    }

    // ISO/IEC 14496-15, annex E, and H.265, annex A.
    @ParameterizedTest
    @CsvSource(textBlock = """
            0, false, 1,  60000000, 900000000000, 93,  Main,                    Main, 3.1, hvc1.1.6.L93.90
            0, false, 1,  60000000, B00000000000, 93,  Main,                    Main, 3.1, hvc1.1.6.L93.B0
            0, true,  2,  20000000, 000000000000, 150, Main 10,                 High, 5,   hvc1.2.4.H150
            0, false, 4,  08000000, 9E0800000000, 60,  Format Range Extensions, Main, 2,   hvc1.4.10.L60.9E.8
            1, false, 3,  70000000, 000000000001, 255, Main Still Picture,      Main, 8.5, hvc1.A3.E.L255.0.0.0.0.0.1
            3, false, 31, 00000001, 00FF00000000, 186, profile 31,              Main, 6.2, hvc1.C31.80000000.L186.0.FF
            """)
    void namesProfilesAndLevels(int space, boolean high, int profile, String compatibility, String constraints, int level, String profileName,
            String tierName, String levelName, String codecString) {
        HevcProfileTierLevel name = new HevcProfileTierLevel(space, high, profile, Integer.parseUnsignedInt(compatibility, 16),
                Long.parseLong(constraints, 16), level);
        assertEquals(profileName, name.profileName());
        assertEquals(tierName, name.tierName());
        assertEquals(levelName, name.levelName());
        assertEquals(codecString, name.codecString());
    }

    private static HevcSequenceParameterSet parse(String bits) throws MalformedException {
        return HevcSequenceParameterSet.parse(BitText.nalUnit(bits));
    }

    private static String text(HevcSequenceParameterSet sps) {
        return sps.temporalLayers() + " " + sps.chromaFormat() + " " + sps.bitDepthLuma() + " " + sps.width() + "x" + sps.height() + " "
                + sps.codedWidth() + "x" + sps.codedHeight() + " " + sps.sampleAspectWidth() + ":" + sps.sampleAspectHeight() + " "
                + sps.picturesPerSecond().stream().mapToObj(rate -> Math.round(rate * 1000) / 1000.0 + "").findAny().orElse("none")
                + (sps.fields() ? " fields" : "");
    }
}
